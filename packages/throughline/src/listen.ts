import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { PlainError } from './plain-error.ts';

/** Node's own limits are loose (no connection cap, five minutes a request), so each is set. */
export const SERVER_LIMITS = {
  headers_ms_max: 10_000,
  request_ms_max: 30_000,
  idle_ms_max: 65_000,
  connections_max: 10_000,
  requests_per_connection_max: 10_000,
  header_bytes_max: 16 * 1024,
} as const;

/** After this long, closing does not wait for requests any more. */
const CLOSE_MS_MAX = 3_000;

/** Answers a request without a Request and Response object, or tells that it does not. */
export type Direct = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

export type Fetch = (request: Request, env?: object) => Response | Promise<Response>;

export interface Listener {
  /** Base address that reaches it from this machine, with the real port. */
  url: string;
  /** Takes no new connection, lets running requests end, within `CLOSE_MS_MAX`. */
  close(): Promise<void>;
}

/** Throws `PlainError` when the address cannot be taken. */
export async function listen(
  { fetch, direct = () => false }: { fetch: Fetch; direct?: Direct },
  { host, port }: { host: string; port: number },
): Promise<Listener> {
  const answer = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
    overrideGlobalObjects: false,
  });
  const server = createServer(
    {
      headersTimeout: SERVER_LIMITS.headers_ms_max,
      requestTimeout: SERVER_LIMITS.request_ms_max,
      keepAliveTimeout: SERVER_LIMITS.idle_ms_max,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: SERVER_LIMITS.header_bytes_max,
    },
    (incoming, outgoing) => {
      if (!direct(incoming, outgoing)) void answer(incoming, outgoing);
    },
  );
  server.maxConnections = SERVER_LIMITS.connections_max;
  server.maxRequestsPerSocket = SERVER_LIMITS.requests_per_connection_max;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
    server.listen({ host, port, backlog: 1024 }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://${reachable(host)}:${taken}`, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const force = setTimeout(() => server.closeAllConnections(), CLOSE_MS_MAX);
  return new Promise((resolve, reject) => {
    server.close((error) => {
      clearInterval(idle);
      clearTimeout(force);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** An address to type into a browser: "any address" is not one. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new PlainError(`Port ${port} is in use by another program; stop it, or set PORT to a free one.`);
    case 'EACCES':
      return new PlainError(`Port ${port} may not be taken by this user; set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new PlainError(
        `HOST ${host} is not an address of this machine; set HOST to 127.0.0.1 or 0.0.0.0.`,
      );
    default:
      return error;
  }
}
