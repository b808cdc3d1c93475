import { randomUUID } from 'node:crypto';
import { sip, sipHash128 } from '@throughline/store';

/**
 * The deduplication token of an insert of these events (their numbers, or their places) of a segment. It stands for the
 * very set: ClickHouse drops other rows under a used token without a word, and what is left to insert differs from
 * one attempt to the next.
 */
export function tokenOf(
  segment: string,
  what: 'events' | 'claims' | 'again',
  events: readonly number[],
): string {
  const bytes = Buffer.from(Uint32Array.from(events).buffer);
  sipHash128(bytes, 0, bytes.length);
  return `${segment}-${what}-${Buffer.from(sip.buffer, 0, 16).toString('hex')}`;
}

/**
 * A token that was never used. For rows of which the table was asked after an insert under `tokenOf` was acknowledged, and
 * that are not there: ClickHouse remembers tokens of rows that it has lost since, and drops the block.
 */
export const freshToken = (segment: string): string => `${segment}-anew-${randomUUID()}`;
