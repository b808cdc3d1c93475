import { domainOf, hostListed } from '../steps/hosts.ts';

/** What shares its cookies: the registrable domain, or the host itself where there is none. */
const cookiesOf = (host: string): string => {
  const bare = host.toLowerCase().replace(/^\*\./, '');
  return domainOf(bare) ?? bare.replace(/:\d+$/, '');
};

/**
 * The site's hosts that a cookie of this page does not reach, as the source of a regular expression for a link's
 * `host`; '' when there are none, or the page is on none of them.
 */
export function otherHosts(page_host: string, hosts: readonly string[]): string {
  if (!hostListed(page_host, hosts)) return '';
  const others = hosts
    .filter((host) => cookiesOf(host) !== cookiesOf(page_host))
    .map((host) =>
      host
        .toLowerCase()
        .replace(/[^\w*:-]/g, '\\$&')
        .replace(/^\*/, '[\\w.-]+'),
    );
  return others.length === 0 ? '' : `^(${others.join('|')})(:\\d+)?$`;
}
