import { cleanUrl } from '../clean-url.ts';
import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

/**
 * Sees links that lead out or to a file (the collector tells them apart), and anger: three clicks on one place, each as
 * fast after the last as a double click.
 */
export const clicks: Feature = (see) =>
  on<MouseEvent & { target: Element }>(document, 'click', ({ detail, target: element }) => {
    const { href, host, pathname } = element.closest('a') || location;
    if ((host && host !== location.host) || /\.(doc|zip|pdf|xls)x?$/i.test(pathname))
      see('page', 'link', { href: cleanUrl(href) });
    if (detail === 3) see('page', 'rage', { element: element.id || element.localName });
  });
