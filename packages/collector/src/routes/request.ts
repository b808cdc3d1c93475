import type { ClientHints } from '../steps/client.ts';
import type { Call } from './call.ts';

/** Not reachable from outside: a proxy's own neighbours in X-Forwarded-For. */
const PRIVATE = /^(10\.|127\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i;
/** An address of this machine or of its private networks; '' where there is no socket. */
export const isPrivate = (address: string): boolean => address === '' || PRIVATE.test(address);
/** Whether a proxy says that it passes the request on. */
export const isForwarded = (call: Call): boolean =>
  call.header('x-forwarded-for') !== undefined || call.header('forwarded') !== undefined;
const plain = (address: string) => address.trim().replace(/^::ffff:/i, '');

/**
 * The sender's address, '' when unknown: for its country and the rate limit, never kept. With `trust_proxy` the last
 * public address in X-Forwarded-For counts: what stands before it is the sender's own word.
 */
export function addressOf(call: Pick<Call, 'header' | 'peer'>, trust_proxy: boolean): string {
  if (trust_proxy) {
    const hops = (call.header('x-forwarded-for') ?? '').split(',').map(plain).filter(Boolean);
    const hop = hops.findLast((address) => !PRIVATE.test(address)) ?? hops.at(-1);
    if (hop) return hop;
  }
  return plain(call.peer);
}

/** The Client Hints of a browser, each cut to what a real one sends; undefined when it sends none. */
export function hintsOf(call: Call): ClientHints | undefined {
  const brands = call.header('sec-ch-ua');
  if (!brands) return undefined;
  const hint = (name: string, chars_max: number) =>
    call.header(`sec-ch-ua-${name}`)?.slice(0, chars_max) ?? '';
  return {
    brands: brands.slice(0, 256),
    mobile: hint('mobile', 8),
    platform: hint('platform', 64),
    full_versions: hint('full-version-list', 256),
    model: hint('model', 64),
    platform_version: hint('platform-version', 32),
    form_factors: hint('form-factors', 64),
  };
}
