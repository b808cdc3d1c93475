import type { Store } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import type { Chance } from './chance.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const SITE = 'sticky';
const AT_ONCE = 6;

/** Rows of an insert that is known by its segment. */
const rowsOf = (segment: string, count: number) =>
  Array.from({ length: count }, (_, segment_seq) => ({
    site: SITE,
    event_id: `${segment}-${segment_seq}`,
    time: '2026-11-22T03:04:05.678Z',
    segment,
    segment_seq,
  }));

async function storedBySegment(from: Store): Promise<Map<string, number>> {
  const rows = await from.query<{ segment: string; stored: number }>({
    sql: 'SELECT segment, count() AS stored FROM events WHERE site = {site:String} GROUP BY segment',
    params: { site: SITE },
  });
  return new Map(rows.map(({ segment, stored }) => [segment, stored]));
}

/** One statement of a random kind; enters what it must have stored into `expected`. */
async function oneStatement(number: number, chance: Chance, expected: Map<string, number>): Promise<string> {
  const kind = chance.pick(['token', 'token again', 'no token', 'read', 'timed read', 'wrong read']);
  const segment = `s${number}`;
  const rows = rowsOf(segment, chance.between(1, 5));
  if (kind === 'token' || kind === 'token again') {
    expected.set(segment, rows.length);
    await store.insert('events', rows, { token: segment });
    if (kind === 'token again') await store.insert('events', rows, { token: segment });
  } else if (kind === 'no token') {
    expected.set(segment, rows.length);
    await store.insert('events', rows);
  } else if (kind === 'wrong read') {
    await expect(store.query({ sql: 'SELECT no_such_column FROM events' })).rejects.toThrow();
  } else {
    const options = kind === 'timed read' ? { timeout_s: 1 } : {};
    const params = { site: chance.pick([SITE, "'; DROP TABLE events --", '\\']) };
    await store.query({ sql: 'SELECT count() FROM events WHERE site = {site:String}', params }, options);
  }
  return kind;
}

describe('the battery', () => {
  row(
    'settings that stick',
    { short: 150, long: 5_000, short_s_max: 240, long_s_max: 3_600 },
    async ({ finding, runs, chance }) => {
      const expected = new Map<string, number>();
      const kinds = new Map<string, number>();
      while (finding.runs < runs) {
        const statements = Array.from({ length: AT_ONCE }, (_, n) =>
          oneStatement(finding.runs + n, chance, expected),
        );
        for (const kind of await Promise.all(statements)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        finding.runs += statements.length;
      }
      const stored = await storedBySegment(store);
      for (const [segment, rows] of expected) {
        finding.acknowledged += rows;
        finding.lost += Math.max(0, rows - (stored.get(segment) ?? 0));
        finding.doubled += Math.max(0, (stored.get(segment) ?? 0) - rows);
      }
      finding.also = Object.fromEntries([...kinds].sort());
      expect(stored).toEqual(expected);
    },
  );

  row(
    'the same rows twice without a token',
    { short: 5, long: 50, short_s_max: 240, long_s_max: 240 },
    async ({ finding, runs }) => {
      for (; finding.runs < runs; finding.runs += 1) {
        const rows = rowsOf(`twice${finding.runs}`, 2);
        await store.insert('events', rows);
        await store.insert('events', rows);
        finding.acknowledged += 4;
      }
      const stored = await storedBySegment(store);
      for (let run = 0; run < runs; run += 1) finding.lost += 4 - (stored.get(`twice${run}`) ?? 0);
    },
  );
});
