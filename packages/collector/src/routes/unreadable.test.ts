import { gzipSync } from 'node:zlib';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';

let store: TestStore;
let started: Started;
let headers: Record<string, string>;
let write_key: string;
beforeAll(async () => {
  store = await testStore();
  ({ headers, write_key } = await addSite(store));
  started = await startCollector(store);
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

interface Told {
  error: { code: string; at: string };
}
const told = async (path: string, body: unknown, more = headers) =>
  (await (await started.post(path, body, more)).json()) as Told;
const headersOfNobody: Record<string, string> = {};

describe('a body that cannot be read', () => {
  const large = `{"a":"${'x'.repeat(600_000)}"}`;
  const zipped = { 'content-encoding': 'gzip' };
  const counted = async (site: string, reason: string) =>
    (await started.collector.ledger(site)).refused[reason] ?? 0;

  it.each<[string, string, string | Uint8Array, Record<string, string>]>([
    ['too large', 'too_large', large, {}],
    ['too large by its length', 'too_large', '{}', { 'content-length': '10000000' }],
    ['too large when inflated', 'too_large', gzipSync(Buffer.alloc(5_000_000, 0x20)), zipped],
    ['not gzip', 'malformed', 'text', zipped],
    ['not JSON', 'malformed', 'text', {}],
  ])('counts once for the site whose key came in the headers: %s', async (_how, reason, body, more) => {
    for (const key of [headers, { authorization: `Bearer ${write_key}` }]) {
      const before = [await counted(SHOP.site, reason), await counted('', reason)];
      expect((await told('/v1/batch', body, { ...key, ...more })).error.code).toBe(reason);
      expect([await counted(SHOP.site, reason), await counted('', reason)]).toEqual([
        before[0]! + 1,
        before[1],
      ]);
    }
    const before = await counted('', reason);
    for (const key of [headersOfNobody, { authorization: 'Bearer tlw_notAKeyOfAnybody00000000' }])
      expect((await told('/v1/batch', body, { ...key, ...more })).error.code).toBe(reason);
    expect((await told('/e', body, more)).error.code).toBe(reason);
    expect(await counted('', reason)).toBe(before + 3);
    await started.collector.settled();
    expect(await counted('', reason)).toBe(before + 3);
  });

  it('is written to the disk once however often it comes', async () => {
    await started.collector.settled();
    const count = async () =>
      (
        await store.query<{ n: string }>({
          sql: 'SELECT toString(count()) AS n FROM ledger WHERE site = {site:String}',
          params: { site: SHOP.site },
        })
      )[0]!.n;
    const [rows, before] = [Number(await count()), await counted(SHOP.site, 'too_large')];
    const flood = Array.from({ length: 50 }, () =>
      told('/v1/batch', '{}', { ...headers, 'content-length': '10000000' }),
    );
    await Promise.all(flood);
    await started.collector.settled();
    expect(await counted(SHOP.site, 'too_large')).toBe(before + 50);
    expect(Number(await count()) - rows).toBeLessThanOrEqual(3);
  });

  it('that is nested too deeply counts for the site', async () => {
    const before = await counted(SHOP.site, 'too_deep');
    const deep = `${'{"a":'.repeat(50)}1${'}'.repeat(50)}`;
    const { error } = await told('/v1/track', `{"userId":"u","event":"x","properties":${deep}}`);
    expect(error).toMatchObject({ code: 'too_deep', at: 'properties' });
    expect(await counted(SHOP.site, 'too_deep')).toBe(before + 1);
  });
});
