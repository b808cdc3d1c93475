import { guarded, on } from '../listen.ts';
import { watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

type Entry = PerformanceEntry & { hadRecentInput?: boolean; value?: number; interactionId?: number };

/**
 * Tells once a page, when it is left or first hidden, how long it was in sight and how far it was read, and how the
 * document loaded. The collector calls one that was slow `page_slow`.
 */
export const engagement: Feature = (see) => {
  /** When the page came into sight; 0 before that, and once it was told. */
  let since = 0;
  let url = '';
  let scroll_percent = 0;

  const tell = () => {
    /** Largest contentful paints, inputs that waited, and layout shifts. The collector makes the Core Web Vitals of them. */
    const entries: unknown[] = [];
    const take = ({ startTime, duration, value, hadRecentInput, interactionId }: Entry) =>
      entries.push([startTime | 0, duration, value, hadRecentInput, interactionId]);
    // Not watched before: an observer and the classes of what it sees take 6 kB of heap. The browser keeps 150 of each type.
    ['event', 'largest-contentful-paint', 'layout-shift'].map(
      guarded((type: string) => {
        // Nothing is left for its callback.
        const observer = new PerformanceObserver(take as never);
        observer.observe({ type, buffered: true });
        (observer.takeRecords() as Entry[]).map(take);
        observer.disconnect();
      }),
    );
    see('page', 'scroll', { is: [Date.now() - since, scroll_percent, entries] }, { url });
    since = scroll_percent = 0;
  };

  on(window, 'pagehide visibilitychange', ({ type }) => {
    if (!since) return;
    if (document.hidden || type === 'pagehide') tell();
    // Opened behind another tab, a page is first seen now.
    else since = Date.now();
  });
  watch((draft) => {
    if (draft.name !== 'page_viewed') return;
    if (since) tell();
    ({ at: since, url } = draft);
  });
  on(window, 'scroll', () => {
    scroll_percent = Math.max(
      scroll_percent,
      (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0,
    );
  });
};
