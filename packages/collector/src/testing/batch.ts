import type { Batch } from '../spool/batch.ts';
import type { NewRow } from '../steps/draft.ts';
import { newRow } from '../steps/new-row.ts';
import { SHOP } from './start.ts';

const NOON = Date.UTC(2026, 10, 22, 3, 4, 5);

/** A row that says nothing but its id. */
export const rowWith = (event_id: string): NewRow => ({
  ...newRow(
    { site: SHOP, received_ms: NOON, sent_ms: NOON, user_agent: '', hints: undefined, address: '' },
    { source: 'tag', reader: 'page', event_id, name: 'page_viewed', seq: 0 },
  ),
  event_id,
});

/** A batch of events with these ids, for tests of the spool. */
export const batchOf = (...event_ids: string[]): Batch => ({
  site: 'shop1',
  received_ms: NOON,
  rows: event_ids.map(rowWith),
  links: [],
  refused: {},
});
