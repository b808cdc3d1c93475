import { cleanUrl } from '../clean-url.ts';
import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

/**
 * Sees links that lead out or to a file (the collector tells them apart), and anger: five clicks on one place, each as
 * fast after the last as a double click. Three or four are also how one buys some more, or turns over pictures.
 */
export const clicks: Feature = (see) =>
  on<MouseEvent & { target: Element }>(document, 'click', ({ detail, target: element }) => {
    const { href, host, pathname } = element.closest('a') || location;
    if ((host && host !== location.host) || /\.(doc|zip|pdf|xls)x?$/i.test(pathname))
      see('page', 'link', { href: cleanUrl(href) });
    if (detail === 5) see('page', 'rage', { element: element.id || element.localName });
  });
