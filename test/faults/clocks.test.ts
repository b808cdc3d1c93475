import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import { unaccounted } from './books.ts';
import type { Chance } from './chance.ts';
import { AS_SERVER, collectorOf, post, SHOP } from './collector.ts';
import { inFolder } from './folder.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const HOUR_MS = 3_600_000;
const YEAR_MS = 365.25 * 24 * HOUR_MS;
/** What a clock can say that is no time. JSON has no NaN: it comes as null. */
const NO_TIMES = [Number.NaN, null, 'yesterday', '', {}, [], 1e300, -1e300, Number.POSITIVE_INFINITY];
const PARTITIONS_MAX = 2;

/** A clock of a browser: from the true time to what it says. */
function clockOf(chance: Chance): { kind: string; says: (ms: number) => unknown } {
  const kind = chance.pick(['right', '24 h', '10 years', 'drifting', 'no time']);
  const sign = chance.pick([-1, 1]);
  const skew = { right: 0, '24 h': 24 * HOUR_MS, '10 years': 10 * YEAR_MS }[kind];
  if (skew !== undefined) return { kind, says: (ms) => Math.round(ms + sign * skew) };
  if (kind === 'drifting') return { kind, says: (ms) => Math.round(ms + sign * (ms % 1_000) * 60) };
  const nothing = chance.pick(NO_TIMES);
  return { kind, says: () => nothing };
}

interface Visit {
  kind: string;
  ids: string[];
}

describe('the battery', () => {
  row(
    'clocks ±24 h, ±10 years, NaN',
    { short: 60, long: 2_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const begun = Date.UTC(2026, 10, 15, 3);
        let now = begun;
        const collector = await collectorOf({ store, data_dir, clock: () => new Date(now) });
        const visits = new Map<string, Visit>();
        for (; finding.runs < runs; finding.runs += 1) {
          const visitor = `v${finding.runs}`;
          const { kind, says } = clockOf(chance);
          const ids: string[] = [];
          for (let request = 0; request < 3; request += 1) {
            now += chance.between(20, 5_000);
            const events = Array.from({ length: 4 }, (_, n) => {
              const id = `${visitor}-${request}-${n}`;
              ids.push(id);
              return { id, name: 'x', at: says(now - 15 + 4 * n), seq: request * 4 + n, session: '' };
            });
            const body = JSON.stringify({ site: SHOP.site, visitor, sent_at: says(now), events });
            expect((await post(collector, body)).status, kind).toBe(200);
          }
          visits.set(visitor, { kind, ids });
        }
        const refused = await fromServers(collector, now);
        await collector.settled();

        const rows = await store.query<{ visitor_id: string; ids: string[]; first: string; last: string }>({
          sql: `
            SELECT visitor_id, groupArray(event_id) AS ids, min(time) AS first, max(time) AS last
            FROM (SELECT * FROM events WHERE site = {site:String} AND source = 'tag' ORDER BY visitor_id, time, seq)
            GROUP BY visitor_id`,
          params: { site: SHOP.site },
        });
        for (const { visitor_id, ids, first, last } of rows) {
          const visit = visits.get(visitor_id)!;
          finding.acknowledged += visit.ids.length;
          finding.lost += visit.ids.length - new Set(ids).size;
          finding.doubled += ids.length - new Set(ids).size;
          // A clock that changes its pace within the visit is nobody's to repair; the others keep their order.
          if (visit.kind !== 'drifting') expect(ids, visit.kind).toEqual(visit.ids);
          expect(Date.parse(first), visit.kind).toBeGreaterThanOrEqual(begun - 31 * 24 * HOUR_MS);
          expect(Date.parse(last), visit.kind).toBeLessThanOrEqual(now + 2_000);
        }
        expect(rows).toHaveLength(visits.size);
        const partitions = await store.query({
          sql: "SELECT DISTINCT partition FROM system.parts WHERE active AND table = 'events' AND database = currentDatabase()",
        });
        finding.also = { partitions: partitions.length, 'refused of servers': refused };
        expect(partitions.length).toBeLessThanOrEqual(PARTITIONS_MAX);
        expect(unaccounted(await collector.ledger(SHOP.site))).toBe(0);
        await collector.close();
      }),
  );
});

/** A server may tell history, but no future and no nonsense: those are refused and said to be. Gives how many were. */
async function fromServers(collector: Parameters<typeof post>[0], now: number): Promise<number> {
  const iso = (ms: number) => new Date(ms).toISOString();
  const taken = [iso(now), iso(now - 24 * HOUR_MS), iso(now + 23 * HOUR_MS)];
  const wrong = [
    iso(now + 10 * YEAR_MS),
    iso(now + 25 * HOUR_MS),
    'NaN',
    'yesterday',
    '',
    {},
    '-000001-01-01',
  ];
  const batch = [...taken, ...wrong].map((timestamp, n) => ({
    type: 'track',
    event: 'x',
    messageId: `server-${n}`,
    userId: 'u1',
    timestamp,
  }));
  const answer = await post(collector, JSON.stringify({ batch }), { path: '/v1/batch', headers: AS_SERVER });
  const { refused } = (await answer.json()) as { refused: { index: number; reason: string }[] };
  expect(refused.map(({ index }) => index)).toEqual(wrong.map((_, n) => taken.length + n));
  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['bad_time']));
  return refused.length;
}
