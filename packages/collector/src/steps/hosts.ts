import { getDomain } from 'tldts';

export const withoutWww = (host: string): string => host.replace(/^www\./, '');

/**
 * Whether `host` (with its port when it is not the scheme's own) is one of `hosts`; `*.shop.example` stands for its sub-domains, and a host
 * with `www.` in front is the same as without.
 */
export function hostListed(host: string, hosts: readonly string[]): boolean {
  const name = host.toLowerCase();
  const bare = name.replace(/:\d+$/, '');
  return hosts.some((entry) => {
    const listed = entry.toLowerCase();
    if (listed.startsWith('*.')) return bare.endsWith(listed.slice(1)) && bare.length > listed.length - 1;
    return withoutWww(listed) === withoutWww(name) || withoutWww(listed) === withoutWww(bare);
  });
}

/** The domain whose cookies a host shares, without its port: the registrable one; null where there is none. */
export const domainOf = (host: string): string | null =>
  getDomain(host.replace(/:\d+$/, ''), { allowPrivateDomains: true });

/** Host and port of an http(s) address; '' for anything else, such as the origin `null`. */
export function hostOf(address: string | undefined): string {
  if (!address || !/^https?:\/\//i.test(address)) return '';
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}

/** The app that opened a link, as Android tells it: `android-app://com.zing.zalo/` comes from `com.zing.zalo`; else ''. */
export const appOf = (referrer: string): string =>
  /^android-app:\/\/([\w.]{1,100})(?:\/|$)/i.exec(referrer)?.[1]?.toLowerCase() ?? '';

export interface Caller {
  origin: string | undefined;
  referrer: string | undefined;
  /** A page address from the body, for pages whose Referrer-Policy hides the other two. */
  page: string | undefined;
}

/**
 * Whether pages of this caller may send for a site with these hosts. It keeps other people's pages out, not
 * programs, which can write any header.
 */
export function originAllowed(hosts: readonly string[], caller: Caller): boolean {
  if (hosts.length === 0) return true;
  const host = hostOf(caller.origin) || hostOf(caller.referrer) || hostOf(caller.page);
  return host !== '' && hostListed(host, hosts);
}
