import type { LedgerView } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from './testing/start.ts';

let store: TestStore;
let started: Started;
let headers: Record<string, string>;
beforeAll(async () => {
  store = await testStore();
  ({ headers } = await addSite(store));
  await addSite(store, { ...SHOP, site: 'closed', hosts: ['shop.example'] });
  started = await startCollector(store);
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

const event = (id: string) => ({ id, name: 'page_viewed', at: 1, seq: 1, session: '' });
const batch = (site: string, events: unknown[]) => ({ site, visitor: 'v1', sent_at: 1, events });
const sumOf = ({ stored, duplicates, refused, waiting }: Omit<LedgerView, 'hours'>) =>
  stored + duplicates + Object.values(refused).reduce((sum, events) => sum + events, 0) + waiting;
const books = (site: string) => started.collector.ledger(site);

describe('the ledger', () => {
  it('counts under no site what cannot be laid to one: wrong keys, unknown sites, bodies that are not JSON', async () => {
    const answers = [
      await started.post('/v1/track', { event: 'x', userId: 'u' }, { authorization: 'Bearer tlw_wrong' }),
      await started.post('/v1/batch', { batch: [{}, {}, {}], writeKey: 'wrong' }),
      await started.post('/e', batch('nobody', [event('n1'), event('n2')])),
      await started.post('/e', '{"site":'),
      await started.post('/v1/import', 'no JSON', headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 400, 400, 400]);
    for (const settle of [false, true]) {
      if (settle) await started.collector.settled();
      expect(await books('')).toMatchObject({
        received: 7,
        stored: 0,
        duplicates: 0,
        refused: { wrong_key: 4, unknown_site: 2, malformed: 1 },
        waiting: 0,
      });
    }
  });

  it('counts a batch that is partly bad event by event, and adds up before and after it is loaded', async () => {
    const calls = [
      { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: 'm1' },
      { type: 'track', event: 'Product Viewed', userId: 'u1', messageId: 'm1' },
      { type: 'track', event: 'Product Viewed', messageId: 'm2' },
      { type: 'track', event: '', userId: 'u1', messageId: 'm3' },
      { type: 'track', event: 'x', userId: 'u1', timestamp: 'soon' },
      { type: 'identify', userId: 'null', anonymousId: 'a1' },
      'no object',
    ];
    const answer = await started.post('/v1/batch', { batch: calls }, headers);
    expect(await answer.json()).toMatchObject({
      success: true,
      refused: [
        { index: 2, reason: 'missing_visitor' },
        { index: 3, reason: 'missing_name' },
        { index: 4, reason: 'bad_time' },
        { index: 5, reason: 'bad_identifier' },
        { index: 6, reason: 'malformed' },
      ],
    });
    // One of the malformed is the body of the test before, whose key told the site.
    const refused = { missing_visitor: 1, malformed: 2, missing_name: 1, bad_time: 1, bad_identifier: 1 };
    const early = await books(SHOP.site);
    expect(early).toMatchObject({ received: 8, refused });
    expect(sumOf(early)).toBe(8);
    await started.collector.settled();
    expect(await books(SHOP.site)).toMatchObject({
      received: 8,
      stored: 1,
      duplicates: 1,
      refused,
      waiting: 0,
    });
  });

  it('counts whole requests that a site refuses by their events', async () => {
    const foreign = { origin: 'https://evil.test' };
    await started.post('/e', batch('closed', [event('f1'), event('f2')]), foreign);
    await started.post('/e', batch('closed', Array(501).fill(event('f3'))), {
      origin: 'https://shop.example',
    });
    await started.post('/e', batch('closed', []), { origin: 'https://shop.example' });
    const early = await books('closed');
    expect(early.received).toBe(sumOf(early));
    for (const hour of early.hours) expect(hour.received).toBe(sumOf(hour));
    await started.collector.settled();
    const late = await books('closed');
    expect(late).toMatchObject({
      received: 504,
      stored: 0,
      refused: { wrong_origin: 2, too_many_events: 501, malformed: 1 },
      waiting: 0,
    });
    const hours = late.hours.reduce((sum, { received }) => sum + received, 0);
    expect(hours).toBe(late.received);
  });
});
