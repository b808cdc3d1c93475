import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import { tagBatch } from './collector.ts';
import { inFolder } from './folder.ts';
import { type RawOptions, sendRaw } from './raw.ts';
import { killServers, type ServerProcess, startServer } from './server.ts';
import { Traffic } from './traffic.ts';

afterAll(killServers);

const MB = 1024 * 1024;
const HUGE = 100 * MB;
const PIECE = Buffer.alloc(64 * 1024, 'x');
const MEMORY_MB_MAX = 64;
const DEPTH = 100_000;
/** As deep as fits into the bound on a body, so that it is the depth that is refused. */
const OBJECTS_DEPTH = 80_000;

const head = (path: string, ...headers: string[]) =>
  `${['POST', path].join(' ')} HTTP/1.1\r\nhost: shop.example\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`;

function* pieces(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += PIECE.length) yield PIECE;
}

function* chunks(bytes: number): Generator<Buffer> {
  const size = Buffer.from(`${PIECE.length.toString(16)}\r\n`);
  for (const piece of pieces(bytes)) yield Buffer.concat([size, piece, Buffer.from('\r\n')]);
  yield Buffer.from('0\r\n\r\n');
}

function* bytewise(text: string): Generator<string> {
  for (const letter of text) yield `1\r\n${letter}\r\n`;
  yield '0\r\n\r\n';
}

function* after<Part>(first: Part, rest: Iterable<Part>): Generator<Part> {
  yield first;
  yield* rest;
}

const whole = (path: string, body: Buffer, ...headers: string[]) => [
  Buffer.concat([Buffer.from(head(path, `content-length: ${body.length}`, ...headers)), body]),
];

/** What is sent, and which answer it must get. */
function attacks({
  site,
  write_key,
}: ServerProcess): Record<string, [parts: RawOptions['parts'], status: number]> {
  const key = `authorization: Basic ${Buffer.from(`${write_key}:`).toString('base64')}`;
  const bomb = Buffer.alloc(200 * MB, ' ');
  const event = (properties: string) =>
    Buffer.from(
      `{"site":"${site}","visitor":"v1","events":[{"id":"deep","name":"x","properties":${properties}}]}`,
    );
  const call = (properties: string) =>
    Buffer.from(`{"type":"track","event":"x","messageId":"deep","userId":"u1","properties":${properties}}`);
  const arrays = `{"a":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`;
  const objects = `${'{"":'.repeat(OBJECTS_DEPTH)}1${'}'.repeat(OBJECTS_DEPTH)}`;
  const small = tagBatch(['bytewise'], { site });
  return {
    '100 MB to /e': [after(Buffer.from(head('/e', `content-length: ${HUGE}`)), pieces(HUGE)), 413],
    '100 MB to /v1/batch': [
      after(Buffer.from(head('/v1/batch', key, `content-length: ${HUGE}`)), pieces(HUGE)),
      413,
    ],
    '100 MB in chunks': [after(Buffer.from(head('/e', 'transfer-encoding: chunked')), chunks(HUGE)), 413],
    '100 MB in chunks to /v1/track': [
      after(Buffer.from(head('/v1/track', key, 'transfer-encoding: chunked')), chunks(HUGE)),
      413,
    ],
    'a byte a chunk': [
      after(head('/e', 'transfer-encoding: chunked', 'connection: close'), bytewise(small)),
      200,
    ],
    '600 KB, a byte a chunk': [
      after(head('/e', 'transfer-encoding: chunked', 'connection: close'), bytewise('x'.repeat(600 * 1024))),
      413,
    ],
    'gzip bomb': [whole('/e', gzipSync(bomb), 'content-encoding: gzip', 'connection: close'), 413],
    'deflate bomb': [
      whole('/v1/batch', deflateSync(bomb), key, 'content-encoding: deflate', 'connection: close'),
      413,
    ],
    'arrays 100,000 deep': [whole('/e', event(arrays), 'connection: close'), 400],
    'objects 80,000 deep': [whole('/v1/track', call(objects), key, 'connection: close'), 400],
    'a body that is depth alone': [whole('/e', Buffer.from('['.repeat(DEPTH)), 'connection: close'), 400],
  };
}

/** The most memory that the server has from now until `until` is called, in MB. */
function watchMemory(server: ServerProcess): () => Promise<number> {
  let peak = 0;
  const look = async () => {
    peak = Math.max(peak, await server.memory_mb());
  };
  const timer = setInterval(look, 10);
  return async () => {
    clearInterval(timer);
    await look();
    return peak;
  };
}

describe('the battery', () => {
  row(
    '100 MB, chunked, one byte a time, bomb, depth 100,000',
    { short: 1, long: 10, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const server = await startServer({ data_dir });
        // Memory is measured against a server that has been at work.
        const traffic = new Traffic({ chance, connections: 4, site: server.site, events_max: 50 });
        traffic.aim(server.url);
        while (traffic.acknowledged.size < 20_000) await new Promise((resolve) => setTimeout(resolve, 20));
        await traffic.end();
        finding.acknowledged = traffic.acknowledged.size;

        const statuses = new Map<number, number>();
        const before_mb = await server.memory_mb();
        let grown_mb = 0;
        for (let round = 0; round < runs; round += 1) {
          for (const [name, [parts, status]] of Object.entries(attacks(server))) {
            const peak = watchMemory(server);
            const answer = await sendRaw({ url: server.url, parts, half_close: false, ms_max: 20_000 });
            const grown = (await peak()) - before_mb;
            grown_mb = Math.max(grown_mb, grown);
            finding.runs += 1;
            expect(answer.statuses, name).toEqual([status]);
            expect(grown, `${name}: MB grown`).toBeLessThan(MEMORY_MB_MAX);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }
        }
        finding.also = {
          answers: [...statuses].map(([status, count]) => `${status} × ${count}`).join(' '),
          'RSS + MB': Math.ceil(grown_mb),
        };
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
