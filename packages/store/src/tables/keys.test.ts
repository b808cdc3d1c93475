import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { createKey, findKey, listKeys, revokeKey, revokeKeysOf, useSignIn } from './keys.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const noon = Date.parse('2026-11-22T12:00:00.000Z');
const at = (ms: number) => ({ now: () => noon + ms });

test('a key opens its site, and only its hash is stored', async () => {
  const random = (bytes: number) => new Uint8Array(bytes).fill(7);
  const key = await createKey(store, { kind: 'write', site: 'shop' }, { ...at(0), random });
  expect(key).toBe(`tlw_${'BwcH'.repeat(8)}`);
  expect(await findKey(store, key, at(1))).toEqual({
    kind: 'write',
    site: 'shop',
    created_at: '2026-11-22T12:00:00.000Z',
    expires_at: '2100-01-01T00:00:00.000Z',
  });
  const stored = await store.query({ sql: 'SELECT toString(tuple(*)) AS row FROM keys' });
  expect(JSON.stringify(stored)).not.toContain(key.slice(4));
});

test('an unknown, a mistyped and a hostile key open nothing', async () => {
  for (const key of ['', 'tlw_unknown_key', "tlw_' OR 1=1 --", 'x'.repeat(10_000)]) {
    expect(await findKey(store, key)).toBeUndefined();
  }
});

test('a key is valid until the moment it expires', async () => {
  const key = await createKey(store, { kind: 'session', site: '', ttl_ms: 1000 }, at(0));
  expect((await findKey(store, key, at(999)))?.kind).toBe('session');
  expect(await findKey(store, key, at(1000))).toBeUndefined();
});

test('a revoked key opens nothing, and revoking it again says so', async () => {
  const key = await createKey(store, { kind: 'secret', site: 'shop' }, at(0));
  expect(await revokeKey(store, key, at(1))).toBe(true);
  expect(await findKey(store, key, at(2))).toBeUndefined();
  expect(await revokeKey(store, key, at(3))).toBe(false);
});

test('a sign-in link works once, also when clicked twice at the same moment', async () => {
  const link = await createKey(store, { kind: 'sign_in', site: 'shop', ttl_ms: 60_000 }, at(0));
  const both = await Promise.all([useSignIn(store, link, at(1)), useSignIn(store, link, at(1))]);
  expect(both.filter((key) => key !== undefined)).toHaveLength(1);
  expect(await useSignIn(store, link, at(2))).toBeUndefined();
});

test('only a sign-in link signs in', async () => {
  const key = await createKey(store, { kind: 'write', site: 'shop' }, at(0));
  expect(await useSignIn(store, key, at(1))).toBeUndefined();
  expect((await findKey(store, key, at(2)))?.kind).toBe('write');
});

test('a site lists its write and secret keys by id, and removing all ends them', async () => {
  const write = await createKey(store, { kind: 'write', site: 'flowers' }, at(0));
  const secret = await createKey(store, { kind: 'secret', site: 'flowers' }, at(1));
  await createKey(store, { kind: 'session', site: 'flowers' }, at(2));
  const listed = await listKeys(store, 'flowers', at(3));
  expect(listed.map(({ kind }) => kind)).toEqual(['write', 'secret']);
  expect(listed.every(({ id }) => /^[0-9a-f]{12}$/.test(id))).toBe(true);
  await revokeKeysOf(store, 'flowers', at(4));
  expect(await findKey(store, write, at(5))).toBeUndefined();
  expect(await findKey(store, secret, at(5))).toBeUndefined();
  expect(await listKeys(store, 'flowers', at(5))).toEqual([]);
});
