import { cleanUrl } from './clean-url.ts';
import type { Host } from './host.ts';
import { listen } from './listen.ts';
import type { Options } from './options.ts';
import { patch } from './patch.ts';
import { whenShown } from './prerender.ts';
import type { Sink, Undo } from './sighting.ts';

export interface Pages {
  /** Records the page that is shown now. */
  view(properties?: Record<string, unknown>): void;
  undo: Undo;
}

/**
 * Records a page when the document is shown, when a single-page app moves to another address, and when the
 * document comes back from the back/forward cache. An address that differs only in what `cleanUrl` drops is the
 * same page.
 */
export function pages(host: Host, options: Options, sink: Sink, beforeMove: () => void): Pages {
  const { window } = host;
  const here = () => cleanUrl(window.location.href, options);
  let url = here();
  let referrer = cleanUrl(window.document.referrer, options);

  const view = (properties?: Record<string, unknown>) =>
    sink({ name: 'page_viewed', reader: 'page', referrer, properties });

  const moved = () => {
    const next = here();
    if (next === url) return;
    referrer = url;
    url = next;
    view();
  };

  if (options.pages === 'manual') return { view, undo: () => {} };

  const around = { before: beforeMove, after: moved };
  const undos = [
    patch(window.history, 'pushState', around),
    patch(window.history, 'replaceState', around),
    // The title is still that of the page before: frameworks render after this event.
    listen(window, 'popstate', () => {
      beforeMove();
      moved();
    }),
    listen(window, 'pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return;
      referrer = '';
      view();
    }),
    whenShown(window.document, view),
  ];
  return {
    view,
    undo: () => {
      for (const undo of undos) undo();
    },
  };
}
