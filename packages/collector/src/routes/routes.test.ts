import { gzipSync } from 'node:zlib';
import { findEvents, StoreError } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { siteDirectory } from '../sites.ts';
import { MemoryFiles } from '../testing/memory-files.ts';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';

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

const event = { id: 'e1', name: 'page_viewed', at: 1, seq: 1, session: '' };
const batch = (more: object = {}) => ({
  site: SHOP.site,
  visitor: 'v1',
  sent_at: 1,
  events: [event],
  ...more,
});
const ask = (path: string, init?: RequestInit) => started.collector.app.request(path, init);
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...((await answer.json()) as { error: { code: string; message: string; at: string } }),
});

describe('a bad request', () => {
  it.each<[number, string, string, unknown, Record<string, string>?]>([
    [400, 'malformed', '/e', '{"site":'],
    [400, 'malformed', '/e', ''],
    [400, 'malformed', '/e', '[1,2]'],
    [400, 'malformed', '/e', '"text"'],
    [400, 'malformed', '/e', 'null'],
    [400, 'malformed', '/e', '['.repeat(100_000)],
    [400, 'malformed', '/e', { site: SHOP.site, visitor: 'v1' }],
    [400, 'malformed', '/e', batch({ events: [] })],
    [400, 'malformed', '/e', batch({ events: 'x' })],
    [400, 'unknown_site', '/e', batch({ site: 'nobody' })],
    [400, 'unknown_site', '/e', batch({ site: { $ne: '' } })],
    [400, 'unknown_site', '/e', batch({ site: '__proto__' })],
    [400, 'too_many_events', '/e', batch({ events: Array(501).fill(event) })],
    [400, 'missing_visitor', '/e', batch({ visitor: null })],
    [400, 'malformed', '/e', batch({ events: [null] })],
    [400, 'missing_event_id', '/e', batch({ events: [{}] })],
    [403, 'wrong_origin', '/e', batch({ site: 'closed' }), { origin: 'https://evil.test' }],
    [403, 'wrong_origin', '/e', batch({ site: 'closed' })],
    [413, 'too_large', '/e', `"${'x'.repeat(600_000)}"`],
    [413, 'too_large', '/e', gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'content-encoding': 'gzip' }],
    [400, 'malformed', '/e', 'not gzip', { 'content-encoding': 'gzip' }],
    [415, 'malformed', '/e', '{}', { 'content-encoding': 'zstd' }],
    [401, 'wrong_key', '/v1/track', { event: 'x', userId: 'u' }],
    [401, 'wrong_key', '/v1/track', { event: 'x', userId: 'u', writeKey: SHOP.site }],
    [401, 'wrong_key', '/v1/batch', { batch: [] }, { authorization: 'Bearer tlw_notAKeyOfAnybody00000000' }],
    [401, 'wrong_key', '/v1/batch', { batch: [] }, { authorization: 'Basic %%%' }],
    [400, 'malformed', '/v1/track', 'x'],
    [413, 'too_large', '/v1/batch', `{"a":"${'x'.repeat(600_000)}"}`],
  ])('is answered %i %s on %s', async (status, code, path, body, more = {}) => {
    const answer = await errorOf(await started.post(path, body, more));
    expect(answer).toMatchObject({ status, error: { code, message: expect.stringMatching(/\.$/) } });
  });

  it.each<[number, string, unknown]>([
    [400, 'malformed', { batch: [] }],
    [400, 'malformed', {}],
    [400, 'too_many_events', { batch: Array(501).fill({}) }],
    [400, 'missing_visitor', { batch: [{ type: 'track', event: 'x' }] }],
    [400, 'missing_name', { batch: [{ type: 'track', userId: 'u' }] }],
    [400, 'malformed', { batch: [{ type: 'explode', userId: 'u' }] }],
    [400, 'bad_time', { batch: [{ type: 'track', event: 'x', userId: 'u', timestamp: 'soon' }] }],
  ])('with a right key is answered %i %s', async (status, code, body) => {
    expect(await errorOf(await started.post('/v1/batch', body, headers))).toMatchObject({
      status,
      error: { code },
    });
  });

  it('is told the place of what is wrong', async () => {
    expect((await errorOf(await started.post('/e', batch({ site: 'nobody' })))).error.at).toBe('site');
  });

  it('to an address that is none is a JSON 404', async () => {
    const answer = await errorOf(await ask('/nowhere'));
    expect(answer).toMatchObject({ status: 404, error: { code: 'not_found' } });
  });

  it('is refused by length before its body is read', async () => {
    const answer = await ask('/e', { method: 'POST', body: '{}', headers: { 'content-length': '10000000' } });
    expect(answer.status).toBe(413);
  });
});

describe('a batch with good and bad events', () => {
  it('keeps the good ones and lists the bad ones with their places', async () => {
    const events = [
      { ...event, id: 'good1' },
      { ...event, id: '' },
      7,
      { ...event, id: 'good2' },
      { ...event, id: 'x', name: '' },
    ];
    const answer = await started.post('/e', batch({ events }));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      accepted: 2,
      refused: [
        { index: 1, reason: 'missing_event_id', at: 'events[1].id' },
        { index: 2, reason: 'malformed', at: 'events[2]' },
        { index: 4, reason: 'missing_name', at: 'events[4].name' },
      ],
    });
  });
});

describe('the page of a listed host', () => {
  it.each([
    ['by its origin', { origin: 'https://shop.example' }],
    ['by its referrer, when the origin is hidden', { origin: 'null', referer: 'https://shop.example/x' }],
  ])('may send, known %s', async (_how, more) => {
    const sent = batch({ site: 'closed', events: [{ ...event, id: `h${JSON.stringify(more).length}` }] });
    expect((await started.post('/e', sent, more)).status).toBe(200);
  });
});

describe('the pixel', () => {
  it('is a picture that counts once however often it is loaded', async () => {
    const address = `/p.gif?site=${SHOP.site}&e=email_opened&id=px1&u=u5&p.campaign=tet`;
    for (let time = 0; time < 2; time += 1) {
      const answer = await ask(address);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
    }
    await started.collector.settled();
    expect(await findEvents(store, SHOP.site, ['px1'])).toMatchObject([
      {
        name: 'email_opened',
        source: 'pixel',
        properties: { campaign: 'tet' },
        visitor_id: expect.stringMatching(/^s_/),
      },
    ]);
  });

  it('knows the visitor by the tag’s cookie, and the page by its referrer', async () => {
    await ask(`/p.gif?site=${SHOP.site}&id=px2`, {
      headers: { cookie: 'a=1; tl_v=m1abcdef.visitor7', referer: 'https://shop.example/x' },
    });
    await started.collector.settled();
    expect(await findEvents(store, SHOP.site, ['px2'])).toMatchObject([
      { visitor_id: 'visitor7', path: '/x', name: 'page_viewed' },
    ]);
  });

  it('tells an unknown site', async () => {
    expect((await ask('/p.gif?site=nobody')).status).toBe(400);
    expect((await ask('/p.gif')).status).toBe(400);
  });
});

describe('browsers of other origins', () => {
  it.each(['/e', '/v1/batch'])('may post to %s after asking', async (path) => {
    const answer = await ask(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('may read answers and errors', async () => {
    expect((await started.post('/e', batch())).headers.get('access-control-allow-origin')).toBe('*');
    expect((await started.post('/e', 'x')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('what those who run it ask', () => {
  it('is answered', async () => {
    expect(await (await ask('/t.js')).text()).toBe('/* tag */');
    expect((await ask('/healthz')).status).toBe(200);
    expect(await (await ask('/readyz')).json()).toEqual({ ready: true, store: true, spool: true });
    expect(await (await ask('/readyz/intake')).json()).toEqual({ ready: true, spool: true });
    const metrics = await (await ask('/metrics')).text();
    expect(metrics).toMatch(/^throughline_events_accepted_total \d+$/m);
    expect(metrics).toMatch(/^throughline_events_refused_total\{reason="malformed"\} \d+$/m);
  });

  it('counts by site what is accepted, stored, repeated and refused, and what lies beside the spool', async () => {
    const one = await startCollector(store);
    await one.post('/e', batch({ events: [{ ...event, id: 'm1' }, { ...event, id: 'm2' }, {}] }));
    await one.collector.settled();
    await one.post('/e', batch({ events: [{ ...event, id: 'm1' }] }));
    await one.collector.settled();
    const metrics = await (await one.collector.app.request('/metrics')).text();
    const value = (name: string) =>
      metrics.split('\n').find((line) => line.startsWith(`throughline_${name} `));
    const of = (outcome: string) => `site_events_total{site="${SHOP.site}",outcome="${outcome}"}`;
    for (const [name, number] of Object.entries({
      [of('accepted')]: 3,
      [of('stored')]: 2,
      [of('duplicates')]: 1,
      [of('refused')]: 1,
      [`site_events_waiting{site="${SHOP.site}"}`]: 0,
      events_stored_total: 2,
      events_duplicate_total: 1,
      dead_letters: 0,
      spool_damaged_files: 0,
    }))
      expect(value(name), name).toBe(`throughline_${name} ${number}`);
    await one.end();
  });

  it('gives the metrics to the neighbours, or to who has the token', async () => {
    const from = (address: string, authorization?: string) => ({
      headers: { 'x-forwarded-for': address, ...(authorization === undefined ? {} : { authorization }) },
    });
    const metrics = async (one: Started, request: RequestInit) =>
      (await one.collector.app.request('/metrics', request)).status;
    const proxied = await startCollector(store, { trust_proxy: true });
    expect(await metrics(proxied, from('10.0.0.7'))).toBe(200);
    expect(await metrics(proxied, from('203.0.113.9'))).toBe(403);
    await proxied.end();
    const locked = await startCollector(store, {
      is_operator: (token) => token === 'a-token-of-16-chars',
    });
    expect(await metrics(locked, {})).toBe(401);
    expect(await metrics(locked, from('203.0.113.9', 'Bearer a-token-of-16-char'))).toBe(401);
    expect(await metrics(locked, from('203.0.113.9', 'Bearer a-token-of-16-chars'))).toBe(200);
    await locked.end();
  });

  it('lists every route with who may call it', () => {
    expect(started.collector.routes.map(({ method, path, access }) => `${method} ${path} ${access}`)).toEqual(
      expect.arrayContaining([
        'POST /e site_key',
        'GET /p.gif site_key',
        'POST /v1/batch write_key',
        'GET /v1/projects/:key/settings write_key',
        'GET /healthz public',
      ]),
    );
  });

  it('counts the refusals of requests that named no site under none', async () => {
    const before = (await started.collector.ledger('')).refused['malformed'] ?? 0;
    await started.post('/e', 'x');
    expect((await started.collector.ledger('')).refused['malformed']).toBe(before + 1);
    await started.collector.settled();
    expect((await started.collector.ledger('')).refused['malformed']).toBe(before + 1);
  });
});

describe('a collector that cannot keep events', () => {
  it('answers 503 with Retry-After when its disk fails, and 200 again when it works', async () => {
    const files = new MemoryFiles();
    const broken = await startCollector(store, { files });
    files.fail = (operation) => (operation === 'sync' ? new Error('EIO') : undefined);
    const answer = await broken.post('/e', batch());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ error: { code: 'spool_unavailable' } });
    files.fail = () => undefined;
    expect((await broken.post('/e', batch())).status).toBe(200);
    await broken.end();
  });

  it('answers 503 for a site it never saw while the store is away, and knows those it saw', async () => {
    let away = false;
    const query: typeof store.query = async (statement, options) => {
      if (away) throw new StoreError('away', { ambiguous: false });
      return store.query(statement, options);
    };
    let now = Date.now();
    const sites = siteDirectory({ ...store, query }, { clock: () => new Date(now) });
    const other = await startCollector(store, { sites });
    expect((await other.post('/e', batch())).status).toBe(200);
    away = true;
    now += 3_600_000;
    expect((await other.post('/e', batch())).status).toBe(200);
    const answer = await other.post('/e', batch({ site: 'closed' }));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    await other.end();
  });

  it('answers 429 with Retry-After to an address that floods', async () => {
    const limited = await startCollector(store, {
      rate_limit: { events_per_s: 1, burst_events: 3 },
      trust_proxy: true,
    });
    const answer = async (id: string, address: string) =>
      limited.post('/e', batch({ events: [1, 2].map((n) => ({ ...event, id: `${id}${n}` })) }), {
        'x-forwarded-for': `1.2.3.4, ${address}, 10.0.0.1`,
      });
    expect((await answer('f1', '198.51.100.7')).status).toBe(200);
    const second = await answer('f2', '198.51.100.7');
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await answer('f3', '198.51.100.8')).status).toBe(200);
    await limited.collector.settled();
    await limited.end();
  });
});

describe('closing', () => {
  it('drains what was acknowledged into the store and answers 503 from then on', async () => {
    const last = await startCollector(store);
    const answers = Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        last.post('/e', batch({ events: [{ ...event, id: `close${n}` }] })),
      ),
    );
    expect((await answers).every(({ status }) => status === 200)).toBe(true);
    await last.collector.close();
    expect(last.collector.waiting()).toBe(0);
    expect(
      await findEvents(
        store,
        SHOP.site,
        Array.from({ length: 20 }, (_, n) => `close${n}`),
      ),
    ).toHaveLength(20);
    expect((await last.post('/e', batch())).status).toBe(503);
  });
});
