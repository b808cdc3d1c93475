// Segment's HTTP API as its own libraries speak it.
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { findEvents } from '@throughline/store';
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

const ask = (path: string, init?: RequestInit) => started.collector.app.request(path, init);

describe('the Segment API', () => {
  it('answers as Segment does, whichever way the key comes', async () => {
    const call = { event: 'x', userId: 'u1' };
    for (const more of [headers, { authorization: `Bearer ${write_key}` }]) {
      const answer = await started.post('/v1/track', call, more);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ success: true });
    }
    expect((await started.post('/v1/track', { ...call, writeKey: write_key })).status).toBe(200);
  });

  it.each(['track', 'identify', 'page', 'screen', 'group', 'alias', 't', 'i', 'p', 's', 'g', 'a'])(
    'takes /v1/%s',
    async (name) => {
      const body = {
        messageId: `m-${name}`,
        event: 'x',
        anonymousId: `a-${name}`,
        userId: 'u1',
        previousId: 'u0',
        groupId: 'g1',
      };
      expect((await started.post(`/v1/${name}`, body, headers)).status).toBe(200);
      await started.collector.settled();
      expect(await findEvents(store, SHOP.site, [`m-${name}`])).toHaveLength(1);
    },
  );

  it('maps a page call with its context', async () => {
    await started.post(
      '/v1/page',
      {
        messageId: 'page1',
        anonymousId: 'anon1',
        name: 'Home',
        timestamp: '2024-05-06T07:08:09.123Z',
        properties: {
          title: 'Welcome',
          url: 'https://shop.example/?utm_source=zalo&utm_medium=social',
          section: 'top',
        },
        context: {
          page: { referrer: 'https://zalo.me/' },
          userAgent:
            'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
          ip: '8.8.8.8',
          sessionId: 's-77',
        },
      },
      headers,
    );
    await started.collector.settled();
    expect((await findEvents(store, SHOP.site, ['page1']))[0]).toMatchObject({
      name: 'page_viewed',
      visitor_id: 'anon1',
      session_id: 's-77',
      time: '2024-05-06T07:08:09.123Z',
      source: 'server',
      title: 'Welcome',
      path: '/',
      channel: 'organic_social',
      country: 'US',
      device: 'desktop',
      os: 'Windows',
      properties: { section: 'top' },
    });
  });

  it('takes history through import, and its entry through context.session', async () => {
    const call = {
      type: 'track',
      event: 'Order Completed',
      messageId: 'imp1',
      userId: 'u9',
      timestamp: '2010-01-01T00:00:00Z',
      properties: { order_id: 'OLD1', total: 5 },
      context: { session: { entry: { url: 'https://shop.example/?gclid=1', referrer: '' } } },
    };
    expect((await started.post('/v1/import', { batch: [call] }, headers)).status).toBe(200);
    await started.collector.settled();
    expect((await findEvents(store, SHOP.site, ['imp1']))[0]).toMatchObject({
      source: 'import',
      time: '2010-01-01T00:00:00.000Z',
      channel: 'paid_search',
      name: 'order_completed',
      total: 5,
      visitor_id: expect.stringMatching(/^s_/),
    });
  });

  it('inflates gzip', async () => {
    const body = gzipSync(
      JSON.stringify({ batch: [{ type: 'track', event: 'zipped', messageId: 'gz1', userId: 'u1' }] }),
    );
    expect((await started.post('/v1/batch', body, { ...headers, 'content-encoding': 'gzip' })).status).toBe(
      200,
    );
  });

  it('gives analytics.js its settings, pointing back here', async () => {
    const answer = await ask(`http://collector.example/v1/projects/${write_key}/settings`);
    expect(await answer.json()).toMatchObject({
      integrations: {
        'Segment.io': { apiKey: write_key, apiHost: 'collector.example/v1', protocol: 'http' },
      },
    });
    expect((await ask('/v1/projects/wrong/settings')).status).toBe(401);
  });
});

describe('over a socket', () => {
  let server: Server;
  afterAll(() => server?.close());

  it('serves Segment’s own Node library', async () => {
    const { Analytics } = await import('@segment/analytics-node');
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', async () => {
        const answer = await started.collector.app.fetch(
          new Request(`http://127.0.0.1${request.url}`, {
            method: request.method!,
            headers: request.headers as Record<string, string>,
            body: Buffer.concat(parts),
          }),
          { incoming: request },
        );
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const analytics = new Analytics({
      writeKey: write_key,
      host: `http://127.0.0.1:${port}`,
      flushAt: 4,
      maxRetries: 0,
    });
    const failures: unknown[] = [];
    analytics.on('error', (error) => failures.push(error));
    analytics.identify({ userId: 'sdk-user', traits: { email: 'sdk@shop.example' }, messageId: 'sdk1' });
    analytics.track({
      userId: 'sdk-user',
      event: 'Order Completed',
      properties: { order_id: 'S1', revenue: 10 },
      messageId: 'sdk2',
    });
    analytics.page({
      anonymousId: 'sdk-anon',
      name: 'Home',
      properties: { url: 'https://shop.example/' },
      messageId: 'sdk3',
    });
    analytics.alias({ userId: 'sdk-user', previousId: 'sdk-anon', messageId: 'sdk4' });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    await started.collector.settled();
    // The library makes its own ids and keeps the given ones only for some calls, so they are found by name.
    const rows = await store.query<{ name: string; order_id: string }>({
      sql: `SELECT name, order_id FROM events WHERE site = {site:String} AND (visitor_id = 'sdk-anon' OR order_id = 'S1'
        OR visitor_id IN (SELECT visitor_id FROM links WHERE has(arrayMap(i -> i.value, identifiers), 'sdk-user'))) ORDER BY name`,
      params: { site: SHOP.site },
    });
    expect(rows.map(({ name }) => name)).toEqual(['alias', 'identify', 'order_completed', 'page_viewed']);
  });
});
