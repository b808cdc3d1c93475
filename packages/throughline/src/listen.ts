import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { capAddresses } from './address-cap.ts';
import { PlainError } from './plain-error.ts';
import { cutSlowBodies } from './slow-bodies.ts';

/** Node's own limits are loose (no connection cap, five minutes a request), so each is set. */
export interface ServerLimits {
  headers_ms_max: number;
  /** A request whose body comes in at a fair pace. */
  request_ms_max: number;
  /** From here on the body must have come in at `body_bytes_per_s_min` on average. */
  body_grace_ms: number;
  body_bytes_per_s_min: number;
  /** Between two looks for requests that are too slow: they are cut this much late. */
  check_ms: number;
  /** Above the minute that proxies keep theirs open, so that they are the ones who close. */
  idle_ms_max: number;
  connections_max: number;
  /** Mobile networks put thousands of phones behind one address, so it is no small number. */
  connections_per_address_max: number;
  requests_per_connection_max: number;
  header_bytes_max: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headers_ms_max: 10_000,
  request_ms_max: 30_000,
  body_grace_ms: 10_000,
  body_bytes_per_s_min: 1_024,
  check_ms: 1_000,
  idle_ms_max: 65_000,
  connections_max: 10_000,
  connections_per_address_max: 1_000,
  requests_per_connection_max: 10_000,
  header_bytes_max: 16 * 1024,
};

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

export interface ListenOptions {
  host: string;
  port: number;
  /** All connections come from a proxy, so their address says nothing. */
  trust_proxy?: boolean;
  limits?: Partial<ServerLimits>;
}

/** Throws `PlainError` when the address cannot be taken. */
export async function listen(
  { fetch, direct = () => false }: { fetch: Fetch; direct?: Direct },
  { host, port, trust_proxy = false, limits: changed }: ListenOptions,
): Promise<Listener> {
  const limits = { ...SERVER_LIMITS, ...changed };
  const answer = getRequestListener(fetch as Parameters<typeof getRequestListener>[0], {
    overrideGlobalObjects: false,
  });
  const server = createServer(
    {
      headersTimeout: limits.headers_ms_max,
      requestTimeout: limits.request_ms_max,
      keepAliveTimeout: limits.idle_ms_max,
      connectionsCheckingInterval: limits.check_ms,
      maxHeaderSize: limits.header_bytes_max,
    },
    (incoming, outgoing) => {
      if (!direct(incoming, outgoing)) void answer(incoming, outgoing);
    },
  );
  server.maxConnections = limits.connections_max;
  server.maxRequestsPerSocket = limits.requests_per_connection_max;
  if (!trust_proxy) capAddresses(server, limits.connections_per_address_max);
  cutSlowBodies(server, {
    grace_ms: limits.body_grace_ms,
    bytes_per_s_min: limits.body_bytes_per_s_min,
    check_ms: limits.check_ms,
  });
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
