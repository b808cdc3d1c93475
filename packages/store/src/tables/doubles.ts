import type { Store } from '../store.ts';

/** Values bound in one statement. */
const BOUND_MAX = 500;

/** A row that does not count although it was stored. `hash`: `sipHex` of its event's id. */
export interface Double {
  site: string;
  hash: string;
  segment: string;
}

/**
 * Notes for the ledger that these rows are doubles of others, and deletes them: in this order, so that a crash between
 * the two leaves a row that is found again, not a count that is lost. Doing it twice changes nothing.
 */
export async function markDoubles(store: Store, doubles: readonly Double[]): Promise<void> {
  for (const site of new Set(doubles.map((double) => double.site))) {
    const all = doubles.filter((double) => double.site === site);
    for (let at = 0; at < all.length; at += BOUND_MAX) {
      const part = all.slice(at, at + BOUND_MAX);
      const params = {
        site,
        hashes: part.map(({ hash }) => hash),
        segments: part.map(({ segment }) => segment),
      };
      const where = `site = {site:String} AND segment IN {segments:Array(String)}
        AND has(arrayZip({hashes:Array(String)}, {segments:Array(String)}),
          (lower(hex(sipHash128(event_id))), toString(segment)))`;
      const sql = `
        SELECT site, toStartOfHour(received_at) AS hour, segment, reinterpretAsUInt128(sipHash128(event_id)) AS id_hash
        FROM events WHERE ${where}`;
      await store.insertSelect('doubles', { sql: `(site, hour, segment, id_hash) ${sql}`, params });
      await store.run({
        sql: `ALTER TABLE events DELETE WHERE ${where} SETTINGS mutations_sync = 2`,
        params,
      });
    }
  }
}

/**
 * Deletes rows of a segment by their places in it. Only for rows whose ids were never claimed by that segment, and of
 * erased people.
 */
export async function removeRows(store: Store, segment: string, seqs: readonly number[]): Promise<void> {
  for (let at = 0; at < seqs.length; at += BOUND_MAX)
    await store.run({
      sql: `
        ALTER TABLE events DELETE WHERE segment = {segment:String} AND segment_seq IN {seqs:Array(UInt32)}
        SETTINGS mutations_sync = 2`,
      params: { segment, seqs: seqs.slice(at, at + BOUND_MAX) },
    });
}
