import type { Batch } from '../spool/batch.ts';

/** A batch of events with these ids, for tests of the spool. */
export const batchOf = (...event_ids: string[]): Batch => ({
  site: 'shop1',
  received_ms: Date.UTC(2026, 10, 22, 3, 4, 5),
  event_ids,
  rows: event_ids.map((event_id) => JSON.stringify({ event_id })),
  links: [],
  refused: {},
});
