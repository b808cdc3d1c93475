import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

const ERRORS_MAX = 5;

/** Sees errors of the page's scripts, the first five a page. */
export const errors: Feature = (see) => {
  let count = 0;
  on<ErrorEvent & PromiseRejectionEvent>(window, 'error unhandledrejection', ({ error, reason }) => {
    // Not the browser's own notices (`ResizeObserver loop…`), nor what it hides of other hosts' scripts (`Script error.`).
    const text = error || reason;
    // Without the queries of addresses in it.
    if (text && count++ < ERRORS_MAX) see('page', 'error', { message: `${text}`.replace(/\?\S+/g, '') });
  });
};
