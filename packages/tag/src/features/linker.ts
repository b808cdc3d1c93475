import { answered } from '../delivery.ts';
import { on } from '../listen.ts';
import { kept } from '../shelf.ts';
import type { Feature } from '../sighting.ts';

/**
 * Follows the visitor to the site's hosts on other domains, where no cookie reaches. With the answer to a batch the
 * collector hands over a signed token and the hosts that it is for; the token goes into links and forms the moment they
 * are followed. On the other host it comes back to the collector in the address of the page viewed.
 */
export const linker: Feature = () => {
  on(document, 'click submit', ({ target }) => {
    const element = (target as Element).closest('a') || (target as HTMLAnchorElement);
    const place = element.href ? 'href' : ('action' as 'href');
    const url = new URL(element[place]);
    const [token, hosts] = answered.link!.split(' ');
    if (!kept || !RegExp(hosts!).test(url.host)) return;
    url.searchParams.set('tlclid', token!);
    element[place] = url as never;
  });
};
