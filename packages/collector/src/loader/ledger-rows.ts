import type { RefusalReason } from '@throughline/contract';
import type { LedgerRow } from '@throughline/store';
import type { Content, Entry } from './content.ts';

/**
 * What became of everything in a segment, by site and hour of arrival: a function of the segment and of who owns
 * its ids, so that writing it again changes nothing. Accepted events that are neither stored nor refused are duplicates.
 */
export function ledgerRows(
  content: Content,
  stored: readonly Entry[],
  refused: readonly Entry[],
  version: number,
): LedgerRow[] {
  const rows = new Map<string, LedgerRow>();
  const row = ({ site, hour }: { site: string; hour: string }): LedgerRow => {
    const key = `${site}\0${hour}`;
    let found = rows.get(key);
    if (!found) {
      found = { site, hour, segment: content.segment, stored: 0, duplicates: 0, refused: {}, version };
      rows.set(key, found);
    }
    return found;
  };
  const refuse = (of: LedgerRow, reason: RefusalReason, events: number) => {
    of.refused[reason] = (of.refused[reason] ?? 0) + events;
  };
  const kept = new Set(stored);
  const unstorable = new Set(refused);
  for (const entry of content.entries) {
    if (kept.has(entry)) row(entry).stored += 1;
    else if (unstorable.has(entry)) refuse(row(entry), 'store_refused', 1);
    else row(entry).duplicates += 1;
  }
  for (const { site, hour, reason, events } of content.refused) refuse(row({ site, hour }), reason, events);
  return [...rows.values()];
}
