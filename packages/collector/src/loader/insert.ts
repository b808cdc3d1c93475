import { insertEvents, type Store, StoreError } from '@throughline/store';
import type { Entry } from './content.ts';
import { linesOf } from './lines.ts';

/**
 * ClickHouse's codes for "this data will never fit": parsing, types, ranges, sizes. Everything else (memory,
 * parts, disk, network) is a matter of time. https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const DATA_CODES = new Set([
  6, 25, 26, 27, 32, 33, 38, 41, 43, 53, 69, 70, 72, 117, 128, 130, 131, 190, 349, 376, 407, 441, 467,
]);

export const isDataRefusal = (error: unknown): error is StoreError =>
  error instanceof StoreError && !error.ambiguous && error.code !== undefined && DATA_CODES.has(error.code);

/**
 * Inserts the rows of a segment as one block under its token. When ClickHouse refuses the data, the halves are
 * tried until the rows that cannot be stored stand alone; those are returned, with everything else stored.
 * Throws StoreError for anything that may pass by itself.
 */
export async function insertRows(store: Store, segment: string, entries: readonly Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const first = entries[0]!.seq;
  const last = entries.at(-1)!.seq;
  try {
    // The place of the rows is part of the token, so that no half passes for the whole.
    await insertEvents(store, linesOf(entries, segment), `${segment}-${first}-${last}-${entries.length}`);
    return [];
  } catch (error) {
    if (!isDataRefusal(error)) throw error;
    if (entries.length === 1) return [...entries];
    const middle = Math.ceil(entries.length / 2);
    const refused = await insertRows(store, segment, entries.slice(0, middle));
    return [...refused, ...(await insertRows(store, segment, entries.slice(middle)))];
  }
}
