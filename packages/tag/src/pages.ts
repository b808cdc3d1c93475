import { cleanUrl } from './clean-url.ts';
import type { Host } from './host.ts';
import { listen } from './listen.ts';
import type { Options } from './options.ts';
import { patch } from './patch.ts';
import { isPrerendering, whenShown } from './prerender.ts';
import type { Sink, Undo } from './sighting.ts';

export interface Pages {
  /** Records the page that is shown now. */
  view(properties?: Record<string, unknown>): void;
  undo: Undo;
}

/**
 * Records a page when the document is shown, when a single-page app moves to another address, and when the
 * document comes back from the back/forward cache. A page is told by its path (and `params`, and the hash by
 * option): scripts take campaign parameters out of the address and write searches into it while people type.
 */
export function pages(host: Host, options: Options, sink: Sink, beforeMove: () => void): Pages {
  const { location, history, document } = host.window;
  const key = () => cleanUrl(location.href, { ...options, bare: true });
  let shown = key();
  let referrer = cleanUrl(document.referrer, options);

  const view = (properties?: Record<string, unknown>) => {
    sink({ name: 'page_viewed', reader: 'page', referrer, properties });
    shown = key();
    referrer = cleanUrl(location.href, options);
  };
  const moved = () => {
    if (shown !== key() && !isPrerendering(document)) view();
  };

  if (options.pages === 'manual') return { view, undo: () => {} };

  const around = { before: beforeMove, after: moved };
  const undos = [
    patch(history, 'pushState', around),
    patch(history, 'replaceState', around),
    // The title is still that of the page before: frameworks render after this event.
    listen(host.window, 'popstate', () => {
      beforeMove();
      moved();
    }),
    listen(host.window, 'pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return;
      referrer = ''; // Nobody can tell from where.
      view();
    }),
    whenShown(document, view),
  ];
  return {
    view,
    undo: () => {
      for (const undo of undos) undo();
    },
  };
}
