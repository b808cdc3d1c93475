import path from 'node:path';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import { unaccounted } from './books.ts';
import { collectorOf, post, SHOP } from './collector.ts';
import { inFolder } from './folder.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const DAY_MS = 24 * 60 * 60 * 1_000;
const EVENTS = 20;

describe('the battery', () => {
  row(
    'every batch three times, shuffled, a day apart',
    { short: 40, long: 1_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs: batches, chance }) =>
      inFolder(async (data_dir) => {
        let now = Date.UTC(2026, 10, 22);
        const made_at = now;
        const numbers = Array.from({ length: batches }, (_, number) => number);
        const idsOf = (batch: number) => Array.from({ length: EVENTS }, (_, n) => `b${batch}-${n}`);
        // Each round meets a collector of its own, as behind a balancer.
        for (let round = 0; round < 3; round += 1) {
          const collector = await collectorOf({
            store,
            data_dir: path.join(data_dir, String(round)),
            clock: () => new Date(now),
            limits: { segment_rows_max: 150 },
          });
          for (const batch of chance.shuffled(numbers)) {
            const events = idsOf(batch).map((id, seq) => ({
              id,
              name: 'x',
              at: made_at + seq,
              seq,
              session: '',
            }));
            // The clock of the browser differs from round to round, too.
            const sent_at = now + chance.between(-60_000, 60_000);
            const body = { site: SHOP.site, visitor: `v${batch}`, sent_at, events: chance.shuffled(events) };
            expect((await post(collector, JSON.stringify(body))).status).toBe(200);
            now += 10;
            finding.runs += 1;
          }
          await collector.settled();
          await collector.close();
          now += DAY_MS;
        }
        const rows = await store.query<{ event_id: string; rows: number }>({
          sql: 'SELECT event_id, count() AS rows FROM events WHERE site = {site:String} GROUP BY event_id',
          params: { site: SHOP.site },
        });
        const found = new Map(rows.map(({ event_id, rows: count }) => [event_id, count]));
        const unique = numbers.flatMap(idsOf);
        finding.acknowledged = unique.length * 3;
        finding.lost = unique.filter((id) => !found.has(id)).length;
        finding.doubled = [...found.values()].filter((count) => count > 1).length;
        expect(found.size).toBe(unique.length);
        const reader = await collectorOf({ store, data_dir, clock: () => new Date(now) });
        const ledger = await reader.ledger(SHOP.site);
        await reader.close();
        finding.also = { unique: unique.length, stored: ledger.stored, duplicates: ledger.duplicates };
        expect(ledger).toMatchObject({ stored: unique.length, duplicates: unique.length * 2, waiting: 0 });
        expect(unaccounted(ledger)).toBe(0);
      }),
  );
});
