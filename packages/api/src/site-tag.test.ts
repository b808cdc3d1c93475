import { findSite, putSite } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_TOKEN, addShop, NOON, shop, testApi } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await addShop(store, 'other');
});
afterAll(() => store.close());

const choose = (body: object) =>
  testApi(store, { clock: () => new Date(NOON.getTime() + 1000) }).app.request('/api/sites/mine/tag', {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('chooses the build of one site and leaves its other settings and other sites alone', async () => {
  const before = { ...shop('mine'), hosts: ['shop.example'], settings: { plain_identifiers: true } };
  await putSite(store, before, { now: () => NOON.getTime() });
  const answer = await choose({ tag: 'core' });
  expect(answer.status).toBe(200);
  const after = { ...before, settings: { plain_identifiers: true, tag: 'core' } };
  expect(await answer.json()).toEqual(after);
  expect(await findSite(store, 'mine')).toEqual(after);
  expect(await findSite(store, 'other')).toEqual(shop('other'));
});

it('says which build it is, the complete one where nobody has chosen, and how pages pin each', async () => {
  const { app } = testApi(store);
  const asked = await app.request('/api/sites/other/tag', {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  expect(await asked.json()).toEqual({
    build: 'complete',
    pinned: {
      core: { file: 't.c0de.js', integrity: 'sha384-c0' },
      complete: { file: 't.fu11.js', integrity: 'sha384-fu' },
    },
  });
});

it('refuses a build that there is not', async () => {
  const answer = await choose({ tag: 'tiny' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 'bad_tag', at: 'tag' } });
});
