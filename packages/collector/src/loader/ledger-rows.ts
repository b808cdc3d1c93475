import type { RefusalReason } from '@throughline/contract';
import type { LedgerRow } from '@throughline/store';
import type { Content } from './content.ts';

/** What became of an event. */
export const FATE = { stored: 0, duplicate: 1, refused: 2 } as const;

/**
 * What became of everything in a segment, by site and hour of arrival: a function of the segment and of who owns
 * its ids, so that writing it again changes nothing. `fates`: one of FATE for each event.
 */
export function ledgerRows({ segment, parts }: Content, fates: Uint8Array, version: number): LedgerRow[] {
  const rows = new Map<string, LedgerRow>();
  for (const { batch, base, hour } of parts) {
    const key = `${batch.site}\0${hour}`;
    let row = rows.get(key);
    if (!row) {
      row = { site: batch.site, hour, segment, stored: 0, duplicates: 0, refused: {}, version };
      rows.set(key, row);
    }
    for (let event = base; event < base + batch.events; event += 1) {
      if (fates[event] === FATE.stored) row.stored += 1;
      else if (fates[event] === FATE.duplicate) row.duplicates += 1;
      else refuse(row, 'store_refused', 1);
    }
    for (const [reason, events] of Object.entries(batch.refused))
      refuse(row, reason as RefusalReason, events);
  }
  return [...rows.values()];
}

function refuse(row: LedgerRow, reason: RefusalReason, events: number): void {
  row.refused[reason] = (row.refused[reason] ?? 0) + events;
}
