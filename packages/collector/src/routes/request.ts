import type { ClientHints } from '../steps/client.ts';
import type { Call } from './call.ts';

/** Not reachable from outside: a proxy's own neighbours in X-Forwarded-For. */
const PRIVATE = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i;
const plain = (address: string) => address.trim().replace(/^::ffff:/i, '');

/**
 * The sender's address, '' when unknown: for its country and the rate limit, never kept. With `trust_proxy` the last
 * public address in X-Forwarded-For counts: what stands before it is the sender's own word.
 */
export function addressOf(call: Call, trust_proxy: boolean): string {
  if (trust_proxy) {
    const hops = (call.header('x-forwarded-for') ?? '').split(',').map(plain).filter(Boolean);
    const hop = hops.findLast((address) => !PRIVATE.test(address)) ?? hops.at(-1);
    if (hop) return hop;
  }
  return plain(call.peer);
}

/** The hints a browser sends by itself; undefined when it sends none. */
export function hintsOf(call: Call): ClientHints | undefined {
  const brands = call.header('sec-ch-ua');
  if (!brands) return undefined;
  return {
    brands: brands.slice(0, 256),
    mobile: call.header('sec-ch-ua-mobile')?.slice(0, 8) ?? '',
    platform: call.header('sec-ch-ua-platform')?.slice(0, 64) ?? '',
  };
}
