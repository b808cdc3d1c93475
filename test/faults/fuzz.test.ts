import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Collector } from '@throughline/collector';
import { type TestStore, testStore } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { row, SEED } from './battery.ts';
import { unaccounted } from './books.ts';
import { AS_SERVER, collectorOf, SHOP } from './collector.ts';
import { inFolder } from './folder.ts';
import { type Payload, payloadFor, query } from './payload.ts';
import { sendRaw } from './raw.ts';
import { killServers, type ServerProcess, startServer } from './server.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => {
  await killServers();
  await store?.close();
});

const shape = () => [Object, Array, String, Function].flatMap((of) => Reflect.ownKeys(of.prototype)).length;
const seed = Number(SEED) | 0;

/** One request to a route of the collector, as it comes through Hono. */
async function ask(
  collector: Collector,
  route: { method: string; path: string },
  sent: Sent,
): Promise<number> {
  const at = route.method === 'GET' ? `${route.path}?site=${SHOP.site}&${sent.query}` : route.path;
  const headers = { ...sent.payload.headers, ...(sent.keyed && AS_SERVER) };
  const body = route.method === 'GET' ? {} : { body: sent.payload.body as Uint8Array<ArrayBuffer> };
  return (await collector.app.request(at, { method: route.method, headers, ...body })).status;
}
interface Sent {
  payload: Payload;
  query: string;
  keyed: boolean;
}

describe('the battery', () => {
  row(
    'fuzzed payloads, in process',
    { short: 2_500, long: 80_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs }) =>
      inFolder(async (data_dir) => {
        // What a machine that is too busy answers is a row of its own.
        const collector = await collectorOf({ store, data_dir, loop_delay_ms: () => 0 });
        const intake = collector.routes.filter(({ access }) => access !== 'public');
        const before = shape();
        const statuses = new Map<number, number>();
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom(...intake),
            fc.record({
              payload: payloadFor(SHOP.site),
              query,
              keyed: fc.constantFrom(true, true, true, false),
            }),
            async (route, sent) => {
              finding.runs += 1;
              const status = await ask(collector, route, sent);
              statuses.set(status, (statuses.get(status) ?? 0) + 1);
              expect(status).toBeLessThan(500);
              expect(shape()).toBe(before);
            },
          ),
          { numRuns: runs, seed },
        );
        await collector.settled();
        const ledger = await collector.ledger(SHOP.site);
        finding.acknowledged = ledger.stored + ledger.duplicates;
        finding.also = Object.fromEntries([...statuses].sort().map(([status, count]) => [status, count]));
        finding.also['routes'] = intake.length;
        expect({ waiting: ledger.waiting, unaccounted: unaccounted(ledger) }).toEqual({
          waiting: 0,
          unaccounted: 0,
        });
        // What the steps let through, ClickHouse keeps.
        expect(ledger.refused['store_refused'] ?? 0).toBe(0);
        await collector.close();
      }),
  );

  row(
    'fuzzed payloads, raw sockets',
    { short: 600, long: 20_000, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs }) =>
      inFolder(async (data_dir) => {
        const told = path.join(data_dir, 'prototypes.json');
        const preload = `--import=${path.resolve('test/faults/prototypes.mjs')}`;
        const server = await startServer({
          data_dir,
          environment: { NODE_OPTIONS: preload, PROTOTYPES_FILE: told },
        });
        const statuses = new Map<number, number>();
        const check = fc.asyncProperty(
          fc.array(message(server), { minLength: 10, maxLength: 10 }),
          async (sent) => {
            const answers = await Promise.all(
              sent.map((message) => sendRaw({ url: server.url, ms_max: 500, ...message })),
            );
            finding.runs += sent.length;
            for (const status of answers.flatMap((answer) => answer.statuses)) {
              statuses.set(status, (statuses.get(status) ?? 0) + 1);
              expect(status).toBeLessThan(500);
            }
          },
        );
        await fc.assert(check, { numRuns: runs / 10, seed, endOnFailure: true });
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
        const { code } = await server.stop();
        finding.also = { exit: code ?? 'killed', ...Object.fromEntries([...statuses].sort()) };
        expect(code).toBe(0);
        expect(server.errors()).toBe('');
        expect(JSON.parse(await readFile(told, 'utf8'))).toEqual([]);
      }),
  );
});

const PATHS = [
  '/e',
  '/v1/batch',
  '/v1/track',
  '/v1/identify',
  '/v1/import',
  '/v1/b',
  '/p.gif',
  '/%00',
  '*',
  '',
];

interface Message {
  parts: Buffer[];
  half_close: boolean;
}

/** The bytes of a request, or what may pass for one. */
function message({ site, write_key }: ServerProcess): fc.Arbitrary<Message> {
  const key = `authorization: Basic ${Buffer.from(`${write_key}:`).toString('base64')}`;
  const lying = fc.constantFrom(
    'content-length',
    'content-length',
    'content-length',
    'short',
    'long',
    'chunked',
    'both',
    'negative',
    'none',
  );
  return fc
    .tuple(
      fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'X'),
      fc.constantFrom(...PATHS),
      payloadFor(site),
      query,
      lying,
      fc.option(fc.tuple(fc.nat(), fc.nat(255)), { nil: undefined, freq: 1 }),
    )
    .map(([method, at, { body, headers }, search, length, change]) => {
      const lines = [
        `${method} ${at}${at === '/p.gif' ? `?site=${site}&${search}` : ''} HTTP/1.1`,
        'host: shop.example',
        'connection: close',
        key,
      ];
      for (const [name, said] of Object.entries(headers)) lines.push(`${name}: ${said}`);
      if (length === 'content-length' || length === 'both') lines.push(`content-length: ${body.length}`);
      if (length === 'short') lines.push(`content-length: ${Math.floor(body.length / 2)}`);
      if (length === 'long') lines.push(`content-length: ${body.length + 10}`);
      if (length === 'negative') lines.push('content-length: -1');
      if (length === 'chunked' || length === 'both') lines.push('transfer-encoding: chunked');
      const chunk =
        length === 'chunked'
          ? [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]
          : [body];
      const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
      const bytes = Buffer.concat([head, ...chunk]);
      if (change) bytes[change[0] % bytes.length] = change[1];
      // Node gives a sender that half-closes no answer; who waits for one must say how long the body is.
      return { parts: [bytes], half_close: length === 'long' || (change?.[1] ?? 0) > 127 };
    });
}
