import type { Identifier, Link } from '@throughline/contract';
import {
  claimEvents,
  claimKey,
  claimsBlock,
  claimsOf,
  insertLinks,
  type LedgerRow,
  putTurnedAway,
  removeRows,
  type Store,
  storedSeqs,
} from '@throughline/store';
import type { Log } from '../log.ts';
import type { SpoolFiles } from '../spool/files.ts';
import type { Segment } from '../spool/segment.ts';
import { BlockMaker } from './block.ts';
import { Breath } from './breath.ts';
import { type Content, type Part, readSegment, seqOf } from './content.ts';
import { settleContested } from './contested.ts';
import { deadLetterFiles, deadLettersOf, linkLetterFiles, linkLettersOf } from './dead-letter.ts';
import { takeOutErased } from './erased.ts';
import { hashesBySite, Ids } from './ids.ts';
import { insertRows, insertStorable, type Unstorable } from './insert.ts';
import { FATE, ledgerRows } from './ledger-rows.ts';
import type { SeenIds } from './seen-ids.ts';
import { freshToken, tokenOf } from './token.ts';
import { turnedAwayIn } from './turned-away.ts';

export interface LoadTools {
  store: Store;
  files: SpoolFiles;
  folder: string;
  log: Log;
  now(): number;
  /** Idle ones; there come to be as many as segments on their way at once. */
  makers: BlockMaker[];
  /** Undefined where others claim ids too: then each id is looked up. */
  seen: SeenIds | undefined;
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
  /** Rows of the segment that are in the table of events. */
  stored: number;
}

/** Of an event that is not settled otherwise: nobody had claimed it, or this segment had. */
const UNCLAIMED = 10;
const CLAIMED = 11;

/**
 * Stores the events and links of one sealed segment. Can be repeated from any point without counting anything twice.
 * `reserve` is told the segment's ids before anything is looked up, and resolves when no other segment with one of
 * them is on its way in this process.
 *
 * Why claims come after the insert. A crash can fall between the two, so one of them stands alone for a while:
 *
 * - rows without claims (this order): the next attempt asks which of its rows are there (`unsure`), inserts the rest
 *   and claims; rows whose ids somebody else has claimed meanwhile it takes out again. Only a row that is stored
 *   is ever claimed, so an event that ClickHouse refused can be sent again corrected.
 * - claims without rows (the other order): the same next attempt would mend it, but should the spool's disk be
 *   lost in between, a client's resend would count as a duplicate of a row that does not exist: a lost event
 *   where this order has at worst a doubled one.
 *
 * Where other collectors load into the same store, two may find an id unclaimed in the same moment; whoever claims
 * second sees both claims and settles it: see contested.ts.
 */
export async function loadSegment(
  segment: Segment,
  { unsure, reserve }: { unsure: boolean; reserve(ids: Ids): Promise<void> },
  tools: LoadTools,
): Promise<Loaded> {
  const { store, seen } = tools;
  const breath = new Breath();
  const content = await readSegment(segment, { ...tools, breath });
  const ids = await Ids.of(content, breath);
  const fates = new Uint8Array(content.events);
  await breath.each(content.events, (event) => {
    fates[event] = ids.add(event) ? UNCLAIMED : FATE.duplicate;
  });
  await reserve(ids);

  const asked: number[] = [];
  await breath.each(content.events, (event) => {
    const at = event * 4;
    const known = unsure || !seen || seen.perhaps(ids.words[at]!, ids.words[at + 1]!);
    if (fates[event] === UNCLAIMED && known) asked.push(event);
  });
  await markOwned(store, { ids, fates, asked, segment: segment.id });
  const present = unsure ? await presentEvents(store, content) : NOBODY;
  const strays = [...present].filter((event) => fates[event] === FATE.duplicate);
  if (strays.length > 0) await takeOut(store, content, strays);

  const missing: number[] = [];
  const unclaimed: number[] = [];
  await breath.each(content.events, (event) => {
    if (fates[event] === UNCLAIMED) unclaimed.push(event);
    // Claimed ones are stored, unless the store has lost them again.
    if ((fates[event] === UNCLAIMED || (fates[event] === CLAIMED && unsure)) && !present.has(event))
      missing.push(event);
  });
  const maker = tools.makers.pop() ?? new BlockMaker();
  const refused = await insertRows(store, { content, maker, breath }, { events: missing });
  // On a cluster a replica may lag, and others keep what one loses.
  if (unsure && store.cluster === undefined && missing.length > refused.length) {
    const there = await presentEvents(store, content);
    const unstorable = new Set(refused.map(({ row }) => row));
    const lost = missing.filter((event) => !there.has(event) && !unstorable.has(event));
    if (lost.length > 0) await insertRows(store, { content, maker, breath }, { events: lost, anew: true });
  }
  // After an error its memory may still be on the way to the store.
  tools.makers.push(maker);
  for (const { row } of refused) fates[row] = FATE.refused;
  if (refused.length > 0) await setAside(content, refused, tools);

  const claims = unclaimed.filter((event) => fates[event] !== FATE.refused);
  await breath.each(claims.length, (index) => {
    const at = claims[index]! * 4;
    seen?.add(ids.words[at]!, ids.words[at + 1]!);
  });
  if (claims.length > 0)
    await claimEvents(
      store,
      claimsOfEvents(ids, claims, segment.id),
      // To claim again changes nothing, so it need not be dropped as a repeat of claims that may be lost since.
      unsure ? freshToken(segment.id) : tokenOf(segment.id, 'claims', claims),
    );
  for (let event = 0; event < content.events; event += 1)
    if (fates[event]! >= UNCLAIMED) fates[event] = FATE.stored;
  const lost = seen ? 0 : await settleContested(store, { content, ids, fates });

  const links = linksOf(content, fates);
  const unlinked = await insertStorable(links, (part) => insertLinks(store, part));
  if (unlinked.length > 0) await setLinksAside(content, unlinked, tools);
  await putTurnedAway(store, await turnedAwayIn(content, fates, breath));
  // Here an erasure waits until everything is stored; elsewhere nobody knows what waits here.
  const left = seen ? { links, gone: 0 } : await takeOutErased(store, { content, links, fates });
  return {
    ledger: ledgerRows(content, fates, tools.now()),
    touched: touchedBy(left.links),
    stored: fates.reduce((sum, fate) => sum + (fate === FATE.stored ? 1 : 0), 0) - lost - left.gone,
  };
}

const NOBODY: ReadonlySet<number> = new Set();

/** Asks who owns the ids of `asked`, and writes it into `fates`. */
async function markOwned(
  store: Store,
  { ids, fates, asked, segment }: { ids: Ids; fates: Uint8Array; asked: number[]; segment: string },
): Promise<void> {
  const owners = await claimsOf(store, hashesBySite(ids, asked));
  if (owners.size === 0) return;
  for (const event of asked) {
    const segments = owners.get(claimKey(ids.sites[ids.site[event]!]!, ids.hex(event)));
    if (segments) fates[event] = segments.includes(segment) ? CLAIMED : FATE.duplicate;
  }
}

function claimsOfEvents(ids: Ids, events: readonly number[], segment: string) {
  const counts = ids.sites.map(() => 0);
  for (const event of events) counts[ids.site[event]!]! += 1;
  const bySite = counts.map((count) => ({ words: new Uint32Array(count * 4), end: 0 }));
  for (const event of events) {
    const to = bySite[ids.site[event]!]!;
    for (let word = event * 4; word < event * 4 + 4; word += 1) to.words[to.end++] = ids.words[word]!;
  }
  const claims = bySite.map(({ words }, site) => ({
    site: ids.sites[site]!,
    hashes: Buffer.from(words.buffer),
  }));
  return claimsBlock(
    claims.filter(({ hashes }) => hashes.length > 0),
    segment,
  );
}

/** The numbers of the events whose rows are in the table. */
async function presentEvents(store: Store, content: Content): Promise<Set<number>> {
  const seqs = await storedSeqs(store, content.segment);
  const events = new Set<number>();
  if (seqs.size === 0) return events;
  for (const part of content.parts)
    for (let event = part.base; event < part.base + part.batch.events; event += 1)
      if (seqs.has(seqOf(part, event))) events.add(event);
  return events;
}

/** Rows that an attempt which died had stored, while somebody else claimed their ids since. */
async function takeOut(store: Store, content: Content, events: readonly number[]): Promise<void> {
  const parts = [...content.parts];
  const seqs = events.map((event) => {
    const part = parts.findLast(({ base }) => base <= event) as Part;
    return seqOf(part, event);
  });
  await removeRows(store, content.segment, seqs);
}

/** Keeps what ClickHouse refused, so that somebody can see why and send it again. */
async function setAside(
  content: Content,
  refused: readonly Unstorable<number>[],
  tools: LoadTools,
): Promise<void> {
  await deadLetterFiles(tools).put(content.segment, deadLettersOf(content, refused));
  tools.log.error('ClickHouse refused events; they are kept beside the spool and counted as store_refused.', {
    segment: content.segment,
    events: refused.length,
  });
}

/** Their events are stored, but name nobody until these are sent again. */
async function setLinksAside(
  content: Content,
  refused: readonly Unstorable<Link>[],
  tools: LoadTools,
): Promise<void> {
  await linkLetterFiles(tools).put(content.segment, linkLettersOf(content, refused));
  tools.log.error('ClickHouse refused links of stored events; they are kept beside the spool.', {
    segment: content.segment,
    links: refused.length,
  });
}

/** The links of the events that are stored. */
function linksOf({ segment, parts }: Content, fates: Uint8Array): Link[] {
  return parts.flatMap(({ batch, base }) =>
    batch.links
      .filter(({ row }) => fates[base + row] === FATE.stored)
      .map(({ link }): Link => ({ ...link, segment })),
  );
}

/** Whom links are about, by site. */
export function touchedBy(links: readonly Link[]): Touched[] {
  const sites = new Map<string, Touched>();
  for (const { site, visitor_id, identifiers } of links) {
    const touched = sites.get(site) ?? { site, visitors: new Set(), identifiers: new Map() };
    touched.visitors.add(visitor_id);
    for (const one of identifiers) touched.identifiers.set(`${one.kind}\0${one.value}`, one);
    sites.set(site, touched);
  }
  return [...sites.values()];
}
