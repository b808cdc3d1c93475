import { cleanUrl } from '../clean-url.ts';
import { commands } from '../commands.ts';
import { resume } from '../delivery.ts';
import { on, patch } from '../listen.ts';
import { options } from '../options.ts';
import { settle } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

/**
 * Records a page when it starts, when a single-page app moves to another address, and when the document comes back from
 * the back/forward cache. A page is told by its path (and `params`, and the hash by option): scripts take campaign
 * parameters out of the address and write searches into it while people type.
 */
export const pages: Feature = (see) => {
  let shown = '';
  let { referrer } = document;
  /** How often the document was left; the back/forward cache may bring it back each time. */
  let left = 0;

  const view = (properties?: Record<string, unknown>) => {
    see('page', 'page_viewed', properties, { referrer: cleanUrl(referrer) });
    referrer = shown = location.href;
  };
  /** `persisted` from the back/forward cache, nobody can tell from where. */
  const moved = (event: object) => {
    if ((event as PageTransitionEvent).persisted) {
      referrer = shown = '';
      // In Firefox the request that was made when the page was left never ends.
      resume();
    }
    if (cleanUrl(shown, true) === cleanUrl(location.href, true)) return;
    // The title is still that of the page before: frameworks render later.
    settle();
    view();
  };

  commands.page = view;
  if (!options.pages) {
    view();
    patch(history, 'pushState', moved);
    patch(history, 'replaceState', moved);
    on(window, 'popstate', moved);
    // Not before the page is left, whose load is a `pageshow` as well: the first event that anybody hears takes 5 kB of heap.
    on(window, 'pagehide', () => left++ || on(window, 'pageshow', moved));
  }
};
