import { guarded, on } from '../listen.ts';
import { random } from '../random.ts';
import { watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

type Entry = PerformanceEntry & {
  hadRecentInput?: boolean;
  value?: number;
  interactionId?: number;
  responseStatus?: number;
};

/**
 * Tells once a page, when it is left or first hidden, how long it was in sight and how far it was read, and how the
 * document loaded. The collector calls one that was slow `page_slow`.
 */
export const engagement: Feature = (see) => {
  /** When the page came into sight; 0 before that, and once it was told. */
  let since = 0;
  let url = '';
  /** The part of the page that was seen by scrolling. */
  let scrolled = 0;
  /** Up to when the browser's measures were told, for the views of a single-page app that come after. */
  let told_ms = 0;

  const tell = guarded(() => {
    if (!since) return;
    // The page's load, largest contentful paints, inputs that waited, and layout shifts. The collector makes the Core Web Vitals of them,
    // and an error of a page that is not there. Not watched before: an observer and the classes of what it sees take 6 kB of heap. The
    // browser keeps 150 of each type. Nothing is left for the callback, which WebKit calls all the same; any will do that asks for nothing.
    const observer = new PerformanceObserver(random);
    ['navigation', 'event', 'largest-contentful-paint', 'layout-shift'].map(
      guarded((type: string) => observer.observe({ type, buffered: true })),
    );
    see(
      'page',
      'scroll',
      {
        is: [
          since,
          scrolled,
          (observer.takeRecords() as Entry[])
            // The load begins at 0, and is told once, also to an app that moves on before it has ended.
            .filter(({ startTime, duration }) => (startTime && startTime + duration) >= told_ms)
            .map(({ startTime, duration, value, hadRecentInput, interactionId, responseStatus }) => [
              startTime | 0,
              duration,
              value,
              hadRecentInput,
              interactionId,
              responseStatus,
            ]),
        ],
      },
      { url },
    );
    observer.disconnect();
    since = scrolled = 0;
    told_ms = performance.now();
  });

  on(window, 'visibilitychange', () => {
    if (document.hidden) tell();
    // Opened behind another tab, a page is first seen now, or never.
    since = since && Date.now();
  });
  on(window, 'pagehide', () => {
    if (!document.hidden) tell();
  });
  watch((draft) => {
    if (draft.name !== 'page_viewed') return;
    tell();
    ({ at: since, url } = draft);
  });
  on(window, 'scroll', () => {
    scrolled = Math.max(scrolled, (scrollY + innerHeight) / document.body.scrollHeight);
  });
};
