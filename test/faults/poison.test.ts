import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Collector } from '@throughline/collector';
import type { Store } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { LONG, row } from './battery.ts';
import { unaccounted } from './books.ts';
import type { Chance } from './chance.ts';
import { AS_SERVER, collectorOf, oneShop, post, SHOP } from './collector.ts';
import { inFolder } from './folder.ts';
import { bytesIn } from './memory-store.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const GOOD = LONG ? 10_000 : 500;
const BATCH_EVENTS = 500;

/** What ClickHouse was seen to refuse, or to store wrongly, as a track call. */
const CALLS: Record<string, object> = {
  'lone surrogate': { event: 'x\ud800', properties: { '\ud800': '\udc00' } },
  'duplicate path': { properties: { a: { b: 1 }, 'a.b': 2 } },
  'no object': { properties: 'text' },
  'year of 5 digits': { timestamp: '12026-11-22T03:04:05Z' },
  'year before 1970': { timestamp: '1900-01-01T00:00:00Z' },
  'float for a whole number': {
    event: 'Order Completed',
    properties: { products: [{ product_id: 'p', quantity: 1.5 }] },
  },
  '32 bits overflow': {
    event: 'Order Completed',
    properties: { products: [{ product_id: 'p', quantity: 2 ** 32 + 7 }] },
  },
  'money overflow': {
    event: 'Order Completed',
    properties: { order_id: 'o', total: 1e300, currency: 'VND' },
  },
  'own __proto__': { properties: JSON.parse('{"__proto__":{"polluted":1}}') as object },
  'empty and control names': { properties: { '': 1, '\u0000': 2, 'a..b': 3 } },
};

/** The same kinds as rows, past all validation: what the engine then says is what the loader has to bear. */
const ROWS: Record<string, object> = {
  'lone surrogate': { event_id: 'x\ud800' },
  'no object': { properties: 'text' },
  'year of 5 digits': { time: '12026-11-22T03:04:05Z' },
  'float for a whole number': { seq: 1.5 },
  'text for a number': { seq: 'x' },
  'unknown column': { no_such_column: 1 },
  'lists of unequal length': { 'products.sku': ['a'], 'products.name': [] },
  '32 bits overflow': { seq: 2 ** 32 + 7 },
};

async function stored(site: string): Promise<Map<string, number>> {
  const rows = await store.query<{ event_id: string; rows: number }>({
    sql: 'SELECT event_id, count() AS rows FROM events WHERE site = {site:String} GROUP BY event_id',
    params: { site },
  });
  return new Map(rows.map(({ event_id, rows: count }) => [event_id, count]));
}

interface Sent {
  good: string[];
  poison: string;
  refused: string | undefined;
}

/** Sends the good events with the poisoned one somewhere among them. */
async function sendWithPoison(
  collector: Collector,
  kind: string,
  poison: object,
  chance: Chance,
): Promise<Sent> {
  const name = kind.replaceAll(/\W/g, '_');
  const good = Array.from({ length: GOOD }, (_, n) => `${name}-${n}`);
  const bad = `${name}-poison`;
  const calls: object[] = good.map((messageId) => ({ type: 'track', event: 'x', messageId, userId: 'u1' }));
  calls.splice(chance.between(0, GOOD), 0, {
    type: 'track',
    event: 'x',
    userId: 'u1',
    ...poison,
    messageId: bad,
  });
  let refused: string | undefined;
  for (let at = 0; at < calls.length; at += BATCH_EVENTS) {
    const batch = calls.slice(at, at + BATCH_EVENTS);
    const answer = await post(collector, JSON.stringify({ batch }), {
      path: '/v1/batch',
      headers: AS_SERVER,
    });
    const said = (await answer.json()) as { refused?: { reason: string }[] };
    // A batch that holds nothing but the poisoned event is refused as a whole.
    expect([200, batch.length === 1 ? 400 : 200]).toContain(answer.status);
    refused ??= said.refused?.[0]?.reason;
  }
  return { good, poison: bad, refused };
}

describe('the battery', () => {
  row(
    'poison rows through the API',
    { short: 1, long: 1, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, chance }) =>
      inFolder(async (data_dir) => {
        const collector = await collectorOf({ store, data_dir });
        const sent: Sent[] = [];
        for (const [kind, call] of Object.entries(CALLS)) {
          const one = await sendWithPoison(collector, kind, call, chance);
          sent.push(one);
          finding.runs += 1;
          finding.also[kind] = one.refused ?? 'stored';
        }
        await collector.settled();
        const found = await stored(SHOP.site);
        for (const { good } of sent) {
          finding.acknowledged += good.length;
          finding.lost += good.filter((id) => !found.has(id)).length;
        }
        finding.doubled = [...found.values()].filter((count) => count > 1).length;
        const ledger = await collector.ledger(SHOP.site);
        expect(unaccounted(ledger)).toBe(0);
        // Nothing that the steps accept may be refused by the store, and what is stored is what was said.
        expect(ledger.refused['store_refused'] ?? 0).toBe(0);
        for (const { poison, refused } of sent) expect(found.has(poison)).toBe(refused === undefined);
        const [overflow] = await store.query<{ quantity: number[] }>({
          sql: "SELECT products.quantity AS quantity FROM events WHERE event_id = '32_bits_overflow-poison'",
        });
        expect(overflow?.quantity ?? []).not.toContain(7);
        await collector.close();
      }),
  );

  row(
    'poison rows past validation',
    { short: 1, long: 1, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, chance }) =>
      inFolder(async (data_dir) => {
        for (const [kind, poisoned] of Object.entries(ROWS)) {
          const site = { ...SHOP, site: `poison${finding.runs}` };
          finding.runs += 1;
          const folder = path.join(data_dir, site.site);
          const { wrapped, said } = poisonedStore(kind, poisoned);
          const sites = { ...oneShop, find: async () => site, findByWriteKey: async () => site };
          const collector = await collectorOf({ store: wrapped, data_dir: folder, sites });
          const { good, poison } = await sendWithPoison(collector, kind, {}, chance);
          await collector.settled();
          const ledger = await collector.ledger(site.site);
          const found = await stored(site.site);
          finding.acknowledged += good.length;
          finding.lost += good.filter((id) => !found.has(id)).length;
          finding.doubled += [...found.values()].filter((count) => count > 1).length;
          expect(unaccounted(ledger), kind).toBe(0);
          const code = said();
          finding.also[kind] = code === undefined ? 'taken by the engine' : `code ${code}, set aside`;
          if (code !== undefined) {
            expect(ledger.refused['store_refused'], kind).toBe(1);
            expect(found.has(poison), kind).toBe(false);
            expect(await isSetAside(path.join(folder, 'spool'), poison), kind).toBe(true);
          }
          await collector.close();
        }
        // Were the rows not found in what is inserted, nothing would have been tried.
        expect(
          Object.values(finding.also).filter((told) => told !== 'taken by the engine').length,
        ).toBeGreaterThan(5);
      }),
  );
});

/** The store, but that an insert which holds the kind's poison gets the engine's own answer to such a row. */
function poisonedStore(kind: string, poisoned: object) {
  const id = Buffer.from(`${kind.replaceAll(/\W/g, '_')}-poison`);
  let code: number | undefined;
  const wrapped = new Proxy(store as Store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        const holds = args[0] === 'events' && Buffer.concat([...bytesIn(args)]).includes(id);
        if (holds) {
          const line = Buffer.from(`${JSON.stringify({ site: 'nowhere', event_id: 'x', ...poisoned })}\n`);
          try {
            await store.insertLines('events', line);
          } catch (error) {
            code = (error as { code?: number }).code;
            throw error;
          }
        }
        return (member as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { wrapped, said: () => code };
}

/** Whether a file beside the spool's segments still holds the event, for somebody to look at and send again. */
async function isSetAside(folder: string, event_id: string): Promise<boolean> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(open|sealed)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const files = await Promise.all(names.map((name) => readFile(name)));
  return files.some((bytes) => bytes.includes(event_id));
}
