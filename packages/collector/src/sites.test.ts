import { createKey, putSite, revokeKey, StoreError } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteDirectory } from './sites.ts';
import { SHOP } from './testing/start.ts';
import { until } from './testing/until.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await putSite(store, SHOP);
});
afterAll(() => store?.close());

/** A directory that counts its questions, on a clock that the test moves. */
function counted() {
  let now = Date.UTC(2026, 10, 22);
  let asked = 0;
  let away = false;
  const query: typeof store.query = async (statement, options) => {
    asked += 1;
    if (away) throw new StoreError('away', { ambiguous: false });
    return store.query(statement, options);
  };
  return {
    sites: siteDirectory({ ...store, query }, { clock: () => new Date(now) }),
    pass: (ms: number) => (now += ms),
    asked: () => asked,
    goAway: () => (away = true),
  };
}

describe('the directory of sites', () => {
  it('asks once for many, and once for what does not exist', async () => {
    const { sites, asked } = counted();
    expect(await sites.find(SHOP.site)).toEqual(SHOP);
    expect(await sites.find(SHOP.site)).toEqual(SHOP);
    expect(await sites.find('nobody')).toBeUndefined();
    expect(await sites.find('nobody')).toBeUndefined();
    expect(asked()).toBe(2);
  });

  it('finds a new site as soon as the answer that there is none is old', async () => {
    const { sites, pass } = counted();
    expect(await sites.find('later')).toBeUndefined();
    await putSite(store, { ...SHOP, site: 'later' });
    pass(3_000);
    expect(await sites.find('later')).toMatchObject({ site: 'later' });
  });

  it('answers at once with what it knew while it asks again', async () => {
    const { sites, pass, asked } = counted();
    const first = await sites.find(SHOP.site);
    pass(5_000);
    expect(await sites.find(SHOP.site)).toBe(first);
    await until(() => asked() === 2);
  });

  it('goes on with what it knew while the store is away, and says so of what it never knew', async () => {
    const { sites, pass, goAway } = counted();
    await sites.find(SHOP.site);
    goAway();
    pass(86_400_000);
    expect(await sites.find(SHOP.site)).toEqual(SHOP);
    await expect(sites.find('nobody')).rejects.toBeInstanceOf(StoreError);
  });

  it('goes on with what it knew while the store hangs, held up by it once', async () => {
    let now = Date.UTC(2026, 10, 22);
    let hangs = false;
    let asked = 0;
    const query: typeof store.query = (statement, options) => {
      asked += 1;
      return hangs ? new Promise(() => {}) : store.query(statement, options);
    };
    const sites = siteDirectory({ ...store, query }, { clock: () => new Date(now), late_ms: 20 });
    await sites.find(SHOP.site);
    hangs = true;
    now += 86_400_000;
    expect(await sites.find(SHOP.site)).toEqual(SHOP);
    // From here on nobody waits: the answer is there before any timer could have passed.
    const waited = await Promise.race([
      sites.find(SHOP.site).then(() => 'answered'),
      new Promise((resolve) => setImmediate(() => resolve('held up'))),
    ]);
    expect(waited).toBe('answered');
    expect(asked).toBe(2);
  });

  it('opens a site by the right kind of key until the key is revoked', async () => {
    const { sites, pass } = counted();
    const write = await createKey(store, { kind: 'write', site: SHOP.site });
    const secret = await createKey(store, { kind: 'secret', site: SHOP.site });
    expect(await sites.findByWriteKey(write)).toEqual(SHOP);
    expect(await sites.findBySecret(secret)).toEqual(SHOP);
    expect(await sites.findByWriteKey(secret)).toBeUndefined();
    expect(await sites.findBySecret(write)).toBeUndefined();
    await revokeKey(store, write);
    pass(60_000);
    expect(await sites.findByWriteKey(write)).toBeUndefined();
  });

  it('asks the store nothing about keys that are no keys', async () => {
    const { sites, asked } = counted();
    expect(await sites.find('x'.repeat(10_000))).toBeUndefined();
    expect(await sites.findByWriteKey("'; DROP TABLE keys --")).toBeUndefined();
    expect(asked()).toBe(0);
  });
});
