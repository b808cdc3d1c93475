import path from 'node:path';
import type { Identifier, Link } from '@throughline/contract';
import {
  claimEvents,
  eventKey,
  insertLinks,
  knownEvents,
  type LedgerRow,
  type Store,
  storedSeqs,
} from '@throughline/store';
import type { Log } from '../log.ts';
import type { SpoolFiles } from '../spool/files.ts';
import type { Segment } from '../spool/segment.ts';
import { type Content, type Entry, readSegment } from './content.ts';
import { insertRows, insertStorable } from './insert.ts';
import { ledgerRows } from './ledger-rows.ts';

export interface LoadTools {
  store: Store;
  files: SpoolFiles;
  folder: string;
  log: Log;
  now(): number;
}

/** What a segment touched, for stitching. */
export interface Touched {
  site: string;
  visitors: Set<string>;
  identifiers: Map<string, Identifier>;
}

export interface Loaded {
  ledger: LedgerRow[];
  touched: Touched[];
}

/**
 * Stores the events and links of one sealed segment. Can be repeated from any point without counting anything twice.
 *
 * Why claims come after the insert. A crash can fall between the two, so one of them stands alone for a while:
 *
 * - rows without claims (this order): nobody else can take the ids meanwhile, because segments are loaded one at
 *   a time and this one stays the oldest until it is done. The next attempt asks which of its rows are there
 *   (`unsure`), inserts the rest and claims. Only a row that is stored is ever claimed, so an event that
 *   ClickHouse refused can be sent again corrected.
 * - claims without rows (the other order): the same next attempt would mend it, but should the spool's disk be
 *   lost in between, a client's resend would count as a duplicate of a row that does not exist: a lost event
 *   where this order has at worst a doubled one.
 *
 * Two collectors that load the same id within the same moments both find it unclaimed; no order of two inserts
 * prevents that in ClickHouse. The lookup tells the segment with the smallest name as the owner.
 */
export async function loadSegment(segment: Segment, unsure: boolean, tools: LoadTools): Promise<Loaded> {
  const { store } = tools;
  const content = await readSegment(segment, tools.files, tools.log);
  const firsts = withoutDoubles(content.entries);
  const owners = await knownEvents(store, bySite(firsts));
  const ownersOf = ({ site, event_id }: Entry) => owners.get(eventKey(site, event_id));
  const claimed = firsts.filter((entry) => ownersOf(entry)?.includes(segment.id));
  const unclaimed = firsts.filter((entry) => ownersOf(entry) === undefined);

  const present = unsure && unclaimed.length > 0 ? await storedSeqs(store, segment.id) : new Set<number>();
  const missing = unclaimed.filter(({ seq }) => !present.has(seq));
  const refused = await insertRows(store, segment.id, missing);
  if (refused.length > 0) await setAside(segment, refused, tools);

  const unstorable = new Set(refused);
  const claims = unclaimed.filter((entry) => !unstorable.has(entry));
  if (claims.length > 0)
    await claimEvents(
      store,
      claims.map(({ site, event_id }) => ({ site, event_id, segment: segment.id })),
      `${segment.id}-claims`,
    );

  const stored = [...claimed, ...claims];
  const links = stored.flatMap(({ link }): Link[] => (link ? [{ ...link, segment: segment.id }] : []));
  const lost = await insertStorable(links, (part) => insertLinks(store, part));
  if (lost.length > 0)
    tools.log.error('ClickHouse refused links; their events are stored, but name nobody.', {
      segment: segment.id,
      links: lost.length,
    });
  return { ledger: ledgerRows(content, stored, refused, tools.now()), touched: touchedBy(links) };
}

/** Of events with the same id the first in the segment counts. */
function withoutDoubles(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter((entry) => {
    const key = eventKey(entry.site, entry.event_id);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function bySite(entries: readonly Entry[]): { site: string; event_ids: string[] }[] {
  const sites = new Map<string, string[]>();
  for (const { site, event_id } of entries) {
    const ids = sites.get(site);
    if (ids) ids.push(event_id);
    else sites.set(site, [event_id]);
  }
  return [...sites].map(([site, event_ids]) => ({ site, event_ids }));
}

/** Keeps what ClickHouse refused, so that somebody can see why and send it again. */
async function setAside(segment: Segment, refused: readonly Entry[], tools: LoadTools): Promise<void> {
  const file = path.join(tools.folder, `${segment.id}.refused`);
  await tools.files.put(file, Buffer.concat(refused.flatMap(({ line }) => [line, Buffer.from('\n')])));
  tools.log.error('ClickHouse refused events; they are kept beside the spool and counted as store_refused.', {
    segment: segment.id,
    events: refused.length,
  });
}

function touchedBy(links: readonly Link[]): Touched[] {
  const sites = new Map<string, Touched>();
  for (const { site, visitor_id, identifiers } of links) {
    const touched = sites.get(site) ?? { site, visitors: new Set(), identifiers: new Map() };
    touched.visitors.add(visitor_id);
    for (const one of identifiers) touched.identifiers.set(`${one.kind}\0${one.value}`, one);
    sites.set(site, touched);
  }
  return [...sites.values()];
}

export type { Content };
