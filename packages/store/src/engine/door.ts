import { randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { readBody } from './body.ts';
import type { Outcome } from './carry.ts';
import { AUTHENTICATION_FAILED, failureOf, Refusal } from './failure.ts';
import { type EngineRequest, parseRequest } from './request.ts';

export interface DoorOptions {
  user: string;
  password: string;
  carry(request: EngineRequest, body: Buffer): Promise<Outcome>;
}

/** Parameters travel in the URL: room for several arrays of ids. */
const URL_BYTES_MAX = 2 * 1024 * 1024;

/** ClickHouse's HTTP protocol in front of `carry`. Listen on loopback only: there is no TLS. */
export function createDoor(options: DoorOptions): Server {
  const server = createServer({ maxHeaderSize: URL_BYTES_MAX, requestTimeout: 0 }, (request, response) => {
    answer(options, request, response).catch((error) => {
      // Only a socket that broke off gets here; there is nobody left to tell.
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  // Above the client's own idle time, so that the client is the one that closes.
  server.keepAliveTimeout = 30_000;
  return server;
}

async function answer(options: DoorOptions, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://engine');
  if (url.pathname === '/ping') {
    response.end('Ok.\n');
    return;
  }
  const query_id = url.searchParams.get('query_id') ?? randomUUID();
  response.setHeader('X-ClickHouse-Query-Id', /^[\x20-\x7e]*$/.test(query_id) ? query_id : 'unprintable');
  try {
    if (!authorised(options, request)) {
      throw new Refusal(AUTHENTICATION_FAILED, 'Authentication failed: password is incorrect');
    }
    const parsed = parseRequest(url, {
      database: header(request, 'x-clickhouse-database'),
      format: header(request, 'x-clickhouse-format'),
    });
    const outcome = await options.carry(parsed, await readBody(request));
    response.setHeader('X-ClickHouse-Summary', summary(outcome));
    send(request, response, url, outcome.bytes);
  } catch (error) {
    const failure = failureOf(error);
    response.statusCode = failure.status;
    response.setHeader('X-ClickHouse-Exception-Code', String(failure.code));
    response.end(failure.text);
    // A body that was not read to its end must not be taken for the next request.
    if (!request.complete) response.once('finish', () => request.socket.destroy());
  }
}

function send(request: IncomingMessage, response: ServerResponse, url: URL, bytes: Uint8Array) {
  const asked =
    url.searchParams.get('enable_http_compression') === '1' &&
    /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = asked ? gzipSync(bytes) : bytes;
  if (asked) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

/** Basic auth or ClickHouse's own pair of headers. */
function authorised(options: DoorOptions, request: IncomingMessage): boolean {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/.exec(request.headers.authorization ?? '')?.[1];
  const given = basic
    ? Buffer.from(basic, 'base64').toString()
    : `${header(request, 'x-clickhouse-user')}:${header(request, 'x-clickhouse-key')}`;
  const expected = Buffer.from(`${options.user}:${options.password}`);
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}

const header = (request: IncomingMessage, name: string) => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** 64-bit counts are text in this header, as a server writes them. */
function summary(outcome: Outcome): string {
  const { read_rows, read_bytes, written_rows, written_bytes, elapsed_s } = outcome;
  const elapsed_ns = Math.round(elapsed_s * 1e9);
  const counts = { read_rows, read_bytes, written_rows, written_bytes, elapsed_ns };
  return JSON.stringify(Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, String(n)])));
}
