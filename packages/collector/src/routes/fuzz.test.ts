import { type TestStore, testStore } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';

let store: TestStore;
let started: Started;
let headers: Record<string, string>;
beforeAll(async () => {
  store = await testStore();
  ({ headers } = await addSite(store));
  started = await startCollector(store, { rate_limit: 'off' });
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false } as fc.JsonSharedConstraints);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\ud800', 'NaN', "'; DROP TABLE events --", '\u0000', '[object Object]'),
);
const value = fc.oneof(json, text, fc.double(), fc.constantFrom(1e308, -1, 2 ** 53, '', null));
const sometimes = (known: string[]) =>
  fc.dictionary(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, text), value, { maxKeys: 12 });
const commerce = sometimes([
  'products',
  'items',
  'total',
  'value',
  'revenue',
  'currency',
  'order_id',
  'ecommerce',
  'checkout',
  'email',
  'phone',
  'price',
]);

const event = fc
  .tuple(
    fc.record(
      {
        id: fc.oneof(fc.uuid(), value),
        name: fc.oneof(fc.constantFrom('page_view', 'purchase', 'identify', 'logout'), value),
      },
      { requiredKeys: [] },
    ),
    sometimes(['at', 'seq', 'session', 'url', 'title', 'referrer', 'reader', 'identity']),
    commerce,
  )
  .map(([ids, fields, properties]) => ({ ...fields, properties, ...ids }));
const call = fc
  .tuple(
    sometimes([
      'messageId',
      'anonymousId',
      'userId',
      'event',
      'context',
      'timestamp',
      'traits',
      'previousId',
    ]),
    fc.constantFrom('track', 'identify', 'page', 'alias', 'group', 'screen', 'x'),
    commerce,
  )
  .map(([fields, type, properties]) => ({
    event: 'Order Completed',
    anonymousId: 'a1',
    ...fields,
    type,
    properties,
  }));

describe('whatever is sent', () => {
  it('never makes /e or /v1/batch fail, nor touches a prototype, and every event is accounted for', async () => {
    let sent = 0;
    const shape = Object.getOwnPropertyNames(Object.prototype).length;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 6 }),
        fc.array(call, { minLength: 1, maxLength: 6 }),
        value,
        async (events, batch, odd) => {
          const answers = [
            await started.post('/e', {
              site: SHOP.site,
              visitor: fc.sample(fc.constant('v1'), 1)[0],
              sent_at: odd,
              sessions: odd,
              events,
            }),
            await started.post('/e', [SHOP.site, odd, odd, ...events]),
            await started.post('/v1/batch', { batch, sentAt: odd, context: odd }, headers),
          ];
          sent += 2 * events.length + batch.length;
          for (const { status } of answers) expect([200, 400]).toContain(status);
          expect((await started.post('/e', JSON.stringify(odd) ?? '')).status).toBe(400);
          expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(shape);
        },
      ),
      { numRuns: 150 },
    );
    await started.collector.settled();
    const { received, stored, duplicates, refused, waiting } = await started.collector.ledger(SHOP.site);
    expect(received).toBe(sent);
    expect(waiting).toBe(0);
    expect(stored).toBeGreaterThan(0);
    expect(stored + duplicates + Object.values(refused).reduce((a, b) => a + b, 0)).toBe(sent);
    // What the steps let through, ClickHouse keeps: nothing may reach it that it refuses.
    expect(refused['store_refused'] ?? 0).toBe(0);
  });
});
