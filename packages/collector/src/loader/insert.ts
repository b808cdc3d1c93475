import { insertEvents, type Store, StoreError } from '@throughline/store';
import type { BlockMaker } from './block.ts';
import type { Breath } from './breath.ts';
import type { Content } from './content.ts';
import { freshToken, tokenOf } from './token.ts';

/**
 * ClickHouse's codes for "this data will never fit": parsing, types, ranges, sizes. Everything else (memory,
 * parts, disk, network) is a matter of time. https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const DATA_CODES = new Set([
  6, 25, 26, 27, 32, 33, 38, 41, 43, 53, 69, 70, 72, 117, 128, 130, 131, 190, 349, 376, 407, 441, 467, 469,
]);

export const isDataRefusal = (error: unknown): error is StoreError =>
  error instanceof StoreError && !error.ambiguous && error.code !== undefined && DATA_CODES.has(error.code);

/** A row that the store will not take, and what it said. */
export interface Unstorable<Row> {
  row: Row;
  reason: string;
}

/**
 * Inserts all `rows` with `insert`. When ClickHouse refuses the data, the halves are tried until the rows that cannot
 * be stored stand alone; those are returned, with everything else stored. Throws for anything that may pass by itself.
 */
export async function insertStorable<Row>(
  rows: readonly Row[],
  insert: (rows: readonly Row[]) => Promise<void>,
): Promise<Unstorable<Row>[]> {
  if (rows.length === 0) return [];
  try {
    await insert(rows);
    return [];
  } catch (error) {
    if (!isDataRefusal(error)) throw error;
    if (rows.length === 1) return [{ row: rows[0]!, reason: error.message }];
    const middle = Math.ceil(rows.length / 2);
    const refused = await insertStorable(rows.slice(0, middle), insert);
    return [...refused, ...(await insertStorable(rows.slice(middle), insert))];
  }
}

/**
 * Inserts events of a segment, by their numbers, as one block under its token, or under one of its own with `anew`; gives
 * those that ClickHouse refuses.
 */
export const insertRows = (
  store: Store,
  { content, maker, breath }: { content: Content; maker: BlockMaker; breath: Breath },
  { events, anew = false }: { events: readonly number[]; anew?: boolean },
): Promise<Unstorable<number>[]> =>
  insertStorable(events, async (part) => {
    const picked = new Uint8Array(content.events);
    for (const event of part) picked[event] = 1;
    const block = await maker.make(content, picked, breath);
    const token = anew ? freshToken(content.segment) : tokenOf(content.segment, 'events', part);
    return insertEvents(store, block, token);
  });
