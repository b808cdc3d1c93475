import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

const ERRORS_MAX = 5;

/** Sees errors of the page's scripts, the first five a page, and pages that are not there. */
export const errors: Feature = (see) => {
  let count = 0;
  on<ErrorEvent & PromiseRejectionEvent>(window, 'error unhandledrejection', ({ message, reason }) => {
    const text = message || reason;
    // Without the queries of addresses in it.
    if (text && count++ < ERRORS_MAX) see('page', 'error', { message: `${text}`.replace(/\?\S+/g, '') });
  });
  // Not before the page is left: the classes of the entry take 13 kB of heap, and few pages are missing.
  on(window, 'pagehide', () => {
    const [{ responseStatus: status }] = performance.getEntriesByType('navigation') as unknown as [
      { responseStatus?: number },
    ];
    if (status! >= 400) see('page', 'error', { status });
  });
};
