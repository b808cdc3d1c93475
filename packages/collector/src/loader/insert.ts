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
 * Inserts all `rows` with `insert`. When ClickHouse refuses the data, the halves are tried until the rows that cannot
 * be stored stand alone; those are returned, with everything else stored. Throws for anything that may pass by itself.
 */
export async function insertStorable<Row>(
  rows: readonly Row[],
  insert: (rows: readonly Row[]) => Promise<void>,
): Promise<Row[]> {
  if (rows.length === 0) return [];
  try {
    await insert(rows);
    return [];
  } catch (error) {
    if (!isDataRefusal(error)) throw error;
    if (rows.length === 1) return [...rows];
    const middle = Math.ceil(rows.length / 2);
    const refused = await insertStorable(rows.slice(0, middle), insert);
    return [...refused, ...(await insertStorable(rows.slice(middle), insert))];
  }
}

/** Inserts the rows of a segment as one block under its token; gives those that ClickHouse refuses. */
export const insertRows = (store: Store, segment: string, entries: readonly Entry[]): Promise<Entry[]> =>
  insertStorable(entries, (part) =>
    // The place of the rows is part of the token, so that no half passes for the whole.
    insertEvents(
      store,
      linesOf(part, segment),
      `${segment}-${part[0]!.seq}-${part.at(-1)!.seq}-${part.length}`,
    ),
  );
