import { type Block, blockOf, columnFor } from '../native/block.ts';
import { textCell } from '../native/cell.ts';
import { sipHex } from '../sip-hash.ts';
import type { Store } from '../store.ts';

/** Hex characters of one bound value: a server refuses a parameter above 128 KiB. */
const FIELD_HASHES_MAX = 3_500;
/** Values of one statement: they travel in the URL, and a server refuses one above 1 MiB. */
const FIELDS_MAX = 8;

/** The key of the maps below. Neither part can hold NUL. `hash`: `sipHex` of the event's id. */
export const claimKey = (site: string, hash: string) => `${site}\0${hash}`;

/**
 * Who owns events: `claimKey` to the segments that claimed it, in the order of their names; ids that nobody claimed are
 * not in the map. `asked`: the hashes (`sipHex`) of each site's event ids. The cost grows with the table, which has
 * to be read where a hash may lie: 10,000 hashes cost some 15 ms of CPU among 1,000,000 claims and 90 ms among
 * 10,000,000. The loader asks only for those that its filter has perhaps seen.
 */
export async function claimsOf(
  store: Store,
  asked: readonly { site: string; hashes: readonly string[] }[],
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const { site, hashes } of asked) {
    for (let at = 0; at < hashes.length; at += FIELD_HASHES_MAX * FIELDS_MAX) {
      const part = hashes.slice(at, at + FIELD_HASHES_MAX * FIELDS_MAX);
      const rows = await store.query<{ hash: string; segments: string[] }>(claimsStatement(site, part));
      for (const { hash, segments } of rows) owners.set(claimKey(site, hash), segments);
    }
  }
  return owners;
}

/** One text of all hashes is quicker to bind than an array, and IN over a sub-query makes a set that the primary key uses. */
function claimsStatement(site: string, hashes: readonly string[]) {
  const params: Record<string, string> = { site };
  const fields: string[] = [];
  for (let at = 0; at < hashes.length; at += FIELD_HASHES_MAX) {
    const name = `hashes_${fields.length}`;
    params[name] = hashes.slice(at, at + FIELD_HASHES_MAX).join('');
    fields.push(`{${name}:String}`);
  }
  const all = fields.length === 1 ? fields[0] : `concat(${fields.join(', ')})`;
  const sql = `
    WITH unhex(${all}) AS asked
    SELECT lower(hex(reinterpretAsFixedString(id_hash))) AS hash, arraySort(groupUniqArray(segment)) AS segments
    FROM event_ids
    WHERE site = {site:String} AND id_hash IN (
      SELECT arrayJoin(arrayMap(i -> reinterpretAsUInt128(substring(asked, i * 16 + 1, 16)), range(${hashes.length}))))
    GROUP BY id_hash`;
  return { sql, params };
}

/** The key of `knownEvents`' map. Neither part can hold NUL. */
export const eventKey = (site: string, event_id: string) => `${site}\0${event_id}`;

/** The same by the ids themselves: `eventKey` to segments. */
export async function knownEvents(
  store: Store,
  asked: readonly { site: string; event_ids: readonly string[] }[],
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const { site, event_ids } of asked) {
    const hashes = event_ids.map(sipHex);
    const claims = await claimsOf(store, [{ site, hashes }]);
    for (const [index, event_id] of event_ids.entries()) {
      const segments = claims.get(claimKey(site, hashes[index]!));
      if (segments) owners.set(eventKey(site, event_id), segments);
    }
  }
  return owners;
}

/** Names the segment whose rows count, for each event of the block. Claiming again changes nothing that `claimsOf` tells. */
export async function claimEvents(store: Store, block: Block, token: string): Promise<void> {
  await store.insertBlock('event_ids', block, { token });
}

/** The first 64 bits of every claimed id's hash, little-endian, in parts of some millions. Throws `StoreError`. */
export async function* claimedHashes(store: Store): AsyncGenerator<Buffer> {
  const [row] = await store.query<{ claims: number }>({ sql: 'SELECT count() AS claims FROM event_ids' });
  const parts = Math.ceil((row?.claims ?? 0) / HASHES_PART_MAX);
  for (let part = 0; part < parts; part += 1)
    yield await store.bytes(
      {
        sql: `SELECT reinterpretAsUInt64(id_hash) FROM event_ids WHERE toUInt32(bitShiftRight(id_hash, 96)) % {parts:UInt32} = {part:UInt32}`,
        params: { parts, part },
      },
      { timeout_s: HASHES_TIMEOUT_S },
    );
}

const HASHES_PART_MAX = 4_000_000;
const HASHES_TIMEOUT_S = 300;

/** Claims of a segment as a block: for each site, the hashes of its events' ids, 16 bytes each. */
export function claimsBlock(claims: readonly { site: string; hashes: Buffer }[], segment: string): Block {
  const sites = columnFor('LowCardinality(String)');
  const segments = columnFor('LowCardinality(String)');
  const rows = claims.reduce((sum, { hashes }) => sum + hashes.length / HASH_BYTES, 0);
  for (const { site, hashes } of claims) sites.repeat(textCell(site), 0, hashes.length / HASH_BYTES);
  segments.repeat(textCell(segment), 0, rows);
  return blockOf(rows, [
    { name: 'site', type: sites.type, parts: sites.parts() },
    { name: 'id_hash', type: 'UInt128', parts: claims.map(({ hashes }) => hashes) },
    { name: 'segment', type: segments.type, parts: segments.parts() },
  ]);
}

const HASH_BYTES = 16;
