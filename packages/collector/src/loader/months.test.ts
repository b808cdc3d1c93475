import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSite, SHOP, startCollector } from '../testing/start.ts';

let store: TestStore;
let headers: Record<string, string>;
const { site } = SHOP;
// A store of its own: each part of two hundred would be looked at by every deletion of another test.
beforeAll(async () => {
  store = await testStore();
  ({ headers } = await addSite(store));
});
afterAll(() => store?.close());

it('loads a segment whose events lie in two hundred months', async () => {
  const { collector, post, end } = await startCollector(store);
  const calls = Array.from({ length: 200 }, (_, n) => ({
    type: 'track',
    event: 'x',
    messageId: `month${n}`,
    userId: 'u1',
    timestamp: new Date(Date.UTC(2008, n, 3)).toISOString(),
  }));
  expect((await post('/v1/import', { batch: calls }, headers)).status).toBe(200);
  await collector.settled();
  expect(await collector.ledger(site)).toMatchObject({
    received: 200,
    stored: 200,
    refused: {},
    waiting: 0,
  });
  await end();
});
