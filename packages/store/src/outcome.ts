import type { ClickHouseError } from '@clickhouse/client';

/** What a statement changes. A read changes nothing; part of a sharded write may be stored on another shard. */
export type Effect = 'read' | 'write' | 'sharded write';

/**
 * Codes with which ClickHouse refuses a write before it stores a single row of it: the rows do not parse or fit
 * (one insert is one block, so all of it is parsed first), a name or the syntax is wrong, the user may not, or the
 * table takes nothing just now. After every other code (memory, disk, time, network, quorum) some parts of a block,
 * which is written month by month, may be stored.
 * https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
 */
const ROWS = [
  6, 25, 26, 27, 32, 33, 38, 41, 43, 53, 69, 70, 72, 117, 128, 130, 131, 190, 349, 376, 407, 441, 467, 469,
];
const STATEMENT = [16, 36, 42, 44, 46, 47, 48, 60, 62, 81, 115, 164, 192, 193, 194, 456, 497, 516];
const BUSY = [202, 252];
/** TABLE_IS_READ_ONLY: a replicated table may turn so between two parts, any other is so from the start. */
const READ_ONLY_TABLE = 242;

const BEFORE_ANY_ROW = new Set([...ROWS, ...STATEMENT, ...BUSY, READ_ONLY_TABLE].map(String));
const BEFORE_ANY_SHARD = new Set([...ROWS, ...STATEMENT].map(String));

/** Whether the statement may have been carried out, in part or in whole, although ClickHouse answered with an error. */
export function isAmbiguous(error: ClickHouseError, effect: Effect): boolean {
  if (effect === 'read') return false;
  if (effect === 'write') return !BEFORE_ANY_ROW.has(error.code);
  // A shard's own refusal says whom it was received from; other shards may have taken their rows by then.
  return !BEFORE_ANY_SHARD.has(error.code) || /\bReceived from /.test(error.message);
}
