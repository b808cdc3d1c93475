import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'hono';
import type { ClientHints } from '../steps/client.ts';

interface NodeBindings {
  incoming?: { headers: IncomingHttpHeaders; socket?: { remoteAddress?: string } };
}

/** A header, straight from Node's request where there is one: a Headers object for each request costs more than the rest of a route. */
export function headerOf(context: Context, name: string): string | undefined {
  const incoming = (context.env as NodeBindings | undefined)?.incoming;
  if (!incoming) return context.req.header(name);
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Not reachable from outside: a proxy's own neighbours in X-Forwarded-For. */
const PRIVATE = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i;
const plain = (address: string) => address.trim().replace(/^::ffff:/i, '');

/**
 * The sender's address, '' when unknown: for its country and the rate limit, never kept. With `trust_proxy` the last
 * public address in X-Forwarded-For counts: what stands before it is the sender's own word.
 */
export function addressOf(context: Context, trust_proxy: boolean): string {
  if (trust_proxy) {
    const hops = (headerOf(context, 'x-forwarded-for') ?? '').split(',').map(plain).filter(Boolean);
    const hop = hops.findLast((address) => !PRIVATE.test(address)) ?? hops.at(-1);
    if (hop) return hop;
  }
  return plain((context.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '');
}

/** The hints a browser sends by itself; undefined when it sends none. */
export function hintsOf(context: Context): ClientHints | undefined {
  const brands = headerOf(context, 'sec-ch-ua');
  if (!brands) return undefined;
  return {
    brands: brands.slice(0, 256),
    mobile: headerOf(context, 'sec-ch-ua-mobile')?.slice(0, 8) ?? '',
    platform: headerOf(context, 'sec-ch-ua-platform')?.slice(0, 64) ?? '',
  };
}
