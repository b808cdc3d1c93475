import type { Link } from '@throughline/contract';
import {
  erasedSince,
  identifierMark,
  removeLinks,
  removeRows,
  type Store,
  visitorMark,
} from '@throughline/store';
import { rowsOf } from '../spool/batch.ts';
import { type Content, seqOf } from './content.ts';
import { FATE } from './ledger-rows.ts';

/** What is left of a segment. */
export interface Left {
  links: Link[];
  /** Rows that were taken out. */
  gone: number;
}

/**
 * Takes out what the segment tells of people who were erased, by whatever collector, after it had been received here.
 * To be called once everything of the segment is stored: an erasure is noted before anything is deleted, so either
 * this sees the note, or the deletion sees these rows.
 */
export async function takeOutErased(
  store: Store,
  { content, links, fates }: { content: Content; links: readonly Link[]; fates: Uint8Array },
): Promise<Left> {
  const { parts, segment } = content;
  const sites = [...new Set(parts.map(({ batch }) => batch.site))];
  const since = parts.reduce(
    (first, { batch }) => Math.min(first, batch.received_ms),
    Number.MAX_SAFE_INTEGER,
  );
  const erased = parts.length === 0 ? new Map() : await erasedSince(store, sites, since);
  if (erased.size === 0) return { links: [...links], gone: 0 };

  const seqs: number[] = [];
  const gone = new Set<string>();
  for (const part of parts) {
    const { site, received_ms, links: named } = part.batch;
    const isErased = (mark: string) => (erased.get(site)?.get(mark) ?? 0) > received_ms;
    const rows = rowsOf(part.batch);
    const namesErased = ({ identifiers }: Pick<Link, 'identifiers'>) =>
      identifiers.some((one) => isErased(identifierMark(one)));
    const naming = new Set(named.filter(({ link }) => namesErased(link)).map(({ row }) => row));
    const theirs = rows.map(({ visitor_id }, row) => isErased(visitorMark(visitor_id)) || naming.has(row));
    for (const [row, goes] of theirs.entries())
      if (goes && fates[part.base + row] === FATE.stored) seqs.push(seqOf(part, part.base + row));
    // An event may bring links under names of their own, and of another visitor than its own.
    for (const { row, link } of named)
      if (theirs[row] || isErased(visitorMark(link.visitor_id))) gone.add(`${site}\0${link.event_id}`);
  }
  const isGone = ({ site, event_id }: Link) => gone.has(`${site}\0${event_id}`);
  await removeRows(store, segment, seqs);
  await removeLinks(store, links.filter(isGone));
  return { links: links.filter((link) => !isGone(link)), gone: seqs.length };
}
