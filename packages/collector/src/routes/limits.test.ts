import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { LIMITS } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFUSED_LIMIT } from '../rate-limit.ts';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';
import { until } from '../testing/until.ts';

let store: TestStore;
let write_key: string;
let headers: Record<string, string>;
/** For what needs no limits of its own. */
let usual: Started;
beforeAll(async () => {
  store = await testStore();
  ({ headers, write_key } = await addSite(store));
  usual = await startCollector(store);
});
afterAll(async () => {
  await usual?.end();
  await store?.close();
});

async function using(
  options: Parameters<typeof startCollector>[1],
  work: (started: Started) => Promise<void>,
): Promise<void> {
  const started = await startCollector(store, options);
  try {
    await work(started);
  } finally {
    await started.end();
  }
}

/** A clock that stands still, so that no bucket fills. */
const NOON = new Date('2026-11-22T12:00:00Z');
/** Compressed bodies that may be inflated or wait for it at one moment. */
const FIT = LIMITS.inflations_max + LIMITS.inflations_waiting_max;

const withUsual = (work: (started: Started) => Promise<void>) => work(usual);

const call = (messageId: string) => ({ messageId, userId: 'u1', event: 'x' });
const events = (...ids: string[]) => ({
  site: SHOP.site,
  visitor: 'v1',
  sent_at: 1,
  events: ids.map((id) => ({ id, name: 'page_viewed', at: 1, seq: 1, session: '' })),
});
const rateLimited = async (started: Started) =>
  (await started.collector.ledger(SHOP.site)).refused['rate_limited'];

describe('the share of one address', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('bounds what its bodies hold, and leaves room for others', () =>
    using({ trust_proxy: true }, async (started) => {
      const { app } = started.collector;
      const ends: (() => void)[] = [];
      const halfSent = (address: string, bytes: number) =>
        app.request('/e', {
          method: 'POST',
          headers: from(address),
          duplex: 'half',
          body: new ReadableStream({
            start(controller) {
              controller.enqueue(new Uint8Array(bytes));
              ends.push(() => controller.close());
            },
          }),
        } as RequestInit);
      const held = LIMITS.held_body_bytes_of_address_max;
      const bodies = Math.floor(held / LIMITS.body_bytes_max);
      const waiting = Array.from({ length: bodies }, () => halfSent('203.0.113.1', LIMITS.body_bytes_max));
      await until(async () => {
        const metrics = await (await app.request('/metrics')).text();
        return metrics.includes(`throughline_held_body_bytes ${bodies * LIMITS.body_bytes_max}\n`);
      });
      expect((await halfSent('203.0.113.1', LIMITS.body_bytes_max)).status).toBe(503);
      expect((await started.post('/e', events('small'), from('203.0.113.1'))).status).toBe(200);
      expect((await started.post('/e', events('other'), from('203.0.113.2'))).status).toBe(200);
      for (const end of ends.splice(0, bodies)) end();
      await Promise.all(waiting);
    }));

  it('bounds its requests that are refused, before a look into the store', () =>
    using({ trust_proxy: true, clock: () => NOON }, async (started) => {
      const wrong = (n: number, address: string) =>
        started.post('/v1/track', call('x'), {
          ...from(address),
          authorization: `Bearer tlw_wrong_key_${n}`,
        });
      const statuses: number[] = [];
      for (let n = 0; n < REFUSED_LIMIT.burst_events + 20; n += 1)
        statuses.push((await wrong(n, '203.0.113.3')).status);
      expect(statuses.slice(0, REFUSED_LIMIT.burst_events).every((status) => status === 401)).toBe(true);
      expect(statuses).toContain(429);
      expect((await wrong(0, '203.0.113.4')).status).toBe(401);
      expect((await started.post('/e', events('good'), from('203.0.113.4'))).status).toBe(200);
    }));
});

describe('the rate of one key', () => {
  it('is limited for servers, told when to come again, and counted', () =>
    using({ key_rate_limit: { events_per_s: 1, burst_events: 2 } }, async (started) => {
      const before = (await rateLimited(started)) ?? 0;
      expect(
        (
          await started.post(
            '/v1/batch',
            { batch: [call('k1'), call('k2')].map((c) => ({ ...c, type: 'track' })) },
            headers,
          )
        ).status,
      ).toBe(200);
      const answer = await started.post('/v1/track', call('k3'), headers);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
      expect(await answer.json()).toMatchObject({ error: { code: 'rate_limited' } });
      expect(await rateLimited(started)).toBe(before + 1);
    }));

  it('is limited for all browsers of a site together, even on this machine', () =>
    using({ key_rate_limit: { events_per_s: 1, burst_events: 2 } }, async (started) => {
      expect((await started.post('/e', events('b1', 'b2'))).status).toBe(200);
      expect((await started.post('/e', events('b3'))).status).toBe(429);
      // A server's key has a bucket of its own.
      expect((await started.post('/v1/track', call('b4'), headers)).status).toBe(200);
    }));

  it('does not stand in for the rate of an address, which browsers at the track API have as well', () =>
    using({ rate_limit: { events_per_s: 1, burst_events: 1 }, trust_proxy: true }, async (started) => {
      const from = (address: string) => ({
        ...headers,
        origin: 'https://shop.example',
        'x-forwarded-for': address,
      });
      expect((await started.post('/v1/track', call('a1'), from('198.51.100.7'))).status).toBe(200);
      expect((await started.post('/v1/track', call('a2'), from('198.51.100.7'))).status).toBe(429);
      expect((await started.post('/v1/track', call('a3'), from('198.51.100.8'))).status).toBe(200);
    }));
});

describe('a collector whose event loop is late', () => {
  it('turns events away unread and still answers those who run it', () =>
    using({ loop_delay_ms: () => 1_001 }, async (started) => {
      for (const at of ['/e', '/v1/track']) {
        const answer = await started.post(at, 'not even JSON', headers);
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
        expect(await answer.json()).toMatchObject({ error: { code: 'overloaded' } });
      }
      expect((await started.collector.app.request('/healthz')).status).toBe(200);
      const metrics = await (await started.collector.app.request('/metrics')).text();
      expect(metrics).toContain('throughline_event_loop_delay_seconds 1.001\n');
      expect(metrics).toContain('throughline_requests_unavailable_total 2\n');
    }));

  it('takes them while it is not late', () =>
    using({ loop_delay_ms: () => 1_000 }, async (started) => {
      expect((await started.post('/e', events('l1'))).status).toBe(200);
    }));
});

describe('compressed bodies', () => {
  const text = (id: string) => JSON.stringify(events(id));
  it.each([
    ['gzip', gzipSync(text('z1'))],
    ['br', brotliCompressSync(text('z2'))],
    ['deflate', deflateSync(text('z3'))],
    ['deflate', deflateRawSync(text('z4'))],
    ['GZIP', gzipSync(text('z5'))],
  ])('are read when they are %s', (encoding, body) =>
    withUsual(async (started) => {
      const answer = await started.post('/e', body, { 'content-encoding': encoding });
      expect([answer.status, await answer.json()]).toEqual([200, { accepted: 1 }]);
    }),
  );

  const zeros = Buffer.alloc(200 * 1024 * 1024);
  it.each([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros, { params: { 1: 1 } })],
    ['deflate', deflateSync(zeros)],
  ])(
    'answer 413 when %s unfolds to 200 MB, however many come at once, and nothing stays in memory',
    (encoding, bomb) =>
      withUsual(async (started) => {
        expect(bomb.length).toBeLessThan(512 * 1024);
        const all = await Promise.all(
          Array.from({ length: 40 }, () => started.post('/e', bomb, { 'content-encoding': encoding })),
        );
        expect(new Set(all.map(({ status }) => status))).toEqual(new Set([413]));
        const metrics = await (await started.collector.app.request('/metrics')).text();
        expect(metrics).toContain('throughline_held_body_bytes 0\n');
      }),
  );

  it('turn away who would have to wait for too many others', () =>
    withUsual(async (started) => {
      const all = await Promise.all(
        Array.from({ length: FIT + 30 }, (_, n) =>
          started.post('/e', gzipSync(text(`w${n}`)), { 'content-encoding': 'gzip' }),
        ),
      );
      const statuses = all.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(FIT);
      expect(statuses.filter((status) => status === 503)).toHaveLength(30);
    }));

  it.each(['gzip', 'br', 'deflate'])('that are no %s are malformed', (encoding) =>
    withUsual(async (started) => {
      const answer = await started.post('/e', 'plain text', { 'content-encoding': encoding });
      expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'malformed' } }]);
    }),
  );
});

describe('bodies nested 100,000 deep or with 40,000 keys', () => {
  const deep = `{"a":${'['.repeat(100_000)}1${']'.repeat(100_000)}}`;
  const wide = `{${Array.from({ length: 40_000 }, (_, n) => `"k${n}":1`).join()}}`;
  it.each([
    [
      'properties of the tag',
      '/e',
      (v: string) =>
        `{"site":"${SHOP.site}","visitor":"v1","sent_at":1,"events":[{"id":"p","name":"x","properties":${v}}]}`,
    ],
    [
      'identity of the tag',
      '/e',
      (v: string) =>
        `{"site":"${SHOP.site}","visitor":"v1","sent_at":1,"events":[{"id":"i","name":"identify","identity":{"user_id":"u","traits":${v}}}]}`,
    ],
    ['the tag’s batch itself', '/e', (v: string) => v],
    [
      'properties of a call',
      '/v1/track',
      (v: string) => `{"messageId":"c","userId":"u1","event":"x","properties":${v}}`,
    ],
    [
      'context of a call',
      '/v1/track',
      (v: string) => `{"messageId":"d","userId":"u1","event":"x","context":${v}}`,
    ],
    ['a batch', '/v1/batch', (v: string) => `{"batch":[${v}]}`],
    [
      'products',
      '/v1/track',
      (v: string) =>
        `{"messageId":"e","userId":"u1","event":"order_completed","properties":{"products":[${v}]}}`,
    ],
  ])('as %s crash nothing, and what is kept of them is bounded', (_what, at, body) =>
    withUsual(async (started) => {
      for (const value of [deep, wide]) {
        const answer = await started.post(at, body(value), headers);
        expect([200, 400]).toContain(answer.status);
      }
      expect(
        (await started.post('/v1/track', call('after'), { authorization: `Bearer ${write_key}` })).status,
      ).toBe(200);
    }),
  );

  it('are refused as too deep where they would be kept', () =>
    withUsual(async (started) => {
      const answer = await started.post(
        '/v1/track',
        `{"userId":"u1","event":"x","properties":${deep}}`,
        headers,
      );
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: { code: 'too_deep', at: 'properties' } },
      ]);
    }));
});
