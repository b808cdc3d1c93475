import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from './testing/start.ts';

let store: TestStore;
let started: Started;
let server: Server;
let port: number;
let write_key: string;
beforeAll(async () => {
  store = await testStore();
  ({ write_key } = await addSite(store));
  started = await startCollector(store);
  server = createServer((incoming, outgoing) => {
    if (!started.collector.direct(incoming, outgoing)) outgoing.writeHead(418).end('left to Hono');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await started?.end();
  await store?.close();
});

interface Told {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

function ask(path: string, options: { method?: string; headers?: object; parts?: (string | Buffer)[] } = {}) {
  const { method = 'POST', headers = {}, parts = [] } = options;
  return new Promise<Told>((resolve, reject) => {
    const asked = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { ...headers } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      },
    );
    asked.on('error', reject);
    // Each part goes out by itself, with a chunked body for want of a length.
    for (const part of parts) asked.write(part);
    asked.end();
  });
}

const event = (id: string) => ({ id, name: 'page_viewed', at: 1, seq: 1, session: '' });
const batch = (id: string) =>
  JSON.stringify({ site: SHOP.site, visitor: 'v1', sent_at: 1, events: [event(id)] });

describe('posting past Hono', () => {
  it.each<[string, string, string | Buffer, Record<string, string>]>([
    ['an event', '/e', batch('d1'), {}],
    ['an event behind a query', '/e?x=1', batch('d2'), {}],
    ['a gzipped event', '/e', gzipSync(batch('d3')), { 'content-encoding': 'gzip' }],
    ['a byte order mark', '/e', `\ufeff${batch('d4')}`, {}],
    [
      'a call of Segment',
      '/v1/track',
      JSON.stringify({ event: 'x', userId: 'u1' }),
      { authorization: 'key' },
    ],
    ['a wrong key', '/v1/t', JSON.stringify({ event: 'x', userId: 'u1' }), {}],
    ['no JSON', '/e', '{"site":', {}],
    ['no body', '/v1/batch', '', {}],
    ['too much', '/e', `"${'x'.repeat(600_000)}"`, {}],
    ['an unknown encoding', '/e', '{}', { 'content-encoding': 'zstd' }],
  ])('answers %s as the app does', async (_what, path, body, more) => {
    const headers = { ...more };
    if (headers['authorization']) headers['authorization'] = `Bearer ${write_key}`;
    const app = await started.post(path, body, {
      ...headers,
      'content-length': `${Buffer.byteLength(body)}`,
    });
    const told = await ask(path, {
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      parts: [body],
    });
    expect({ status: told.status, body: told.body }).toEqual({ status: app.status, body: await app.text() });
    for (const name of ['content-type', 'access-control-allow-origin', 'cache-control', 'www-authenticate'])
      expect(told.headers[name] ?? null).toBe(app.headers.get(name));
  });

  it('takes a body that comes in pieces', async () => {
    const whole = batch('pieces');
    const parts = [whole.slice(0, 7), whole.slice(7, 50), whole.slice(50)];
    expect(await ask('/e', { parts })).toMatchObject({ status: 200, body: '{"accepted":1}' });
  });

  it('stops reading a body of unknown length at the limit, answers 413, and gives up the connection', async () => {
    const told = await ask('/e', { parts: Array(20).fill('x'.repeat(50_000)) });
    expect(told).toMatchObject({ status: 413, headers: { connection: 'close' } });
    expect(JSON.parse(told.body)).toMatchObject({ error: { code: 'too_large' } });
  });

  it('keeps a connection for the next request', async () => {
    const text = batch('kept');
    const post = `POST /e HTTP/1.1\r\nhost: x\r\ncontent-length: ${text.length}\r\n\r\n${text}`;
    const socket = connect(port, '127.0.0.1');
    let answers = '';
    const twice = new Promise<void>((resolve, reject) => {
      socket.on('data', (part) => {
        answers += part;
        const count = answers.split('HTTP/1.1 200').length - 1;
        if (count === 1 && !answers.includes('#')) {
          answers += '#';
          socket.write(post);
        } else if (count === 2) resolve();
      });
      socket.on('close', () => reject(new Error('The connection was closed.')));
    });
    socket.write(post);
    await twice;
    socket.destroy();
  });

  it('counts nothing for a sender that goes away in the middle', async () => {
    const before = await started.collector.ledger('');
    const arrived = new Promise<void>((resolve) => {
      server.once('request', (incoming) => incoming.once('close', () => resolve()));
    });
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /e HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"site"', () =>
        socket.destroy(),
      );
    });
    await arrived;
    expect(await started.collector.ledger('')).toEqual(before);
    expect(await ask('/e', { parts: [batch('after')] })).toMatchObject({ status: 200 });
  });

  it.each([
    ['GET', '/e'],
    ['OPTIONS', '/e'],
    ['GET', '/t.js'],
    ['POST', '/api/sites'],
    ['POST', '/v1/projects/x/settings'],
  ])('leaves %s %s to others', async (method, path) => {
    expect((await ask(path, { method })).status).toBe(418);
  });
});
