import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from './testing/start.ts';

let store: TestStore;
let started: Started;
beforeAll(async () => {
  store = await testStore();
  await addSite(store);
  await addSite(store, { ...SHOP, site: 'shop2' });
  started = await startCollector(store, { clock: () => new Date('2026-11-22T03:00:00.000Z') });
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

it('adds up by site what browsers say that they gave up, and believes no nonsense', async () => {
  const { collector, post } = started;
  const events = [{ id: 'e1', visitor: 'v1', name: 'page_viewed', at: Date.UTC(2026, 10, 22, 3), seq: 0 }];
  for (const [site, lost] of [
    ['shop1', 3],
    ['shop1', 4],
    ['shop2', 1],
    ['shop2', -5],
    ['shop2', '7'],
    ['shop2', 1e9],
  ] as const)
    expect((await post('/e', { site, sent_at: 0, lost, events })).status).toBe(200);
  const since = '2026-11-22T03:00:00.000Z';
  expect(collector.lostIn('shop1')).toEqual({ events: 7, since });
  expect(collector.lostIn('shop2')).toEqual({ events: 1, since });
  expect(collector.lostIn('elsewhere')).toEqual({ events: 0, since });
});
