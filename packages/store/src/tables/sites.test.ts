import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { findSite, listSites, putSite, removeSite } from './sites.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const shop = {
  site: 'shop_1',
  name: 'Cửa hàng "Hoa"',
  hosts: ['shop.example', '*.shop.example'],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: { plain_identifiers: true, stages: { login: '' } },
};

test('a site comes back as it was put, and the newest version counts', async () => {
  await putSite(store, shop, { now: () => 1000 });
  expect(await findSite(store, 'shop_1')).toEqual(shop);
  await putSite(store, { ...shop, name: 'Hoa' }, { now: () => 2000 });
  expect(await listSites(store)).toEqual([{ ...shop, name: 'Hoa' }]);
});

test('a removed site is not found any more, and removing it again says so', async () => {
  await putSite(store, { ...shop, site: 'shop_2' }, { now: () => 1000 });
  expect(await removeSite(store, 'shop_2', { now: () => 2000 })).toBe(true);
  expect(await findSite(store, 'shop_2')).toBeUndefined();
  expect((await listSites(store)).map(({ site }) => site)).not.toContain('shop_2');
  expect(await removeSite(store, 'shop_2', { now: () => 3000 })).toBe(false);
});
