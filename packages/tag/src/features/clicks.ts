import { cleanUrl } from '../clean-url.ts';
import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

const FILES = /\.(pdf|zip|doc|xls)x?$/;

/** Sees links that lead out, files taken, and anger: four clicks on one place, each as fast after the last as a double click. */
export const clicks: Feature = (see) =>
  on<MouseEvent>(document, 'click', ({ target, detail }) => {
    const { localName, id } = target as Element;
    const { href, host, pathname } = (target as Element).closest('a') || location;
    const link = { href: cleanUrl(href) };
    if (host && host !== location.host) see('page', 'link_clicked', link);
    if (FILES.test(pathname)) see('page', 'file_clicked', link);
    if (detail === 4) see('page', 'rage_click', { element: id || localName });
  });
