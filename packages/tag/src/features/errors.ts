import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

const ERRORS_MAX = 5;

/** Sees errors of the page's scripts, the first five a page. */
export const errors: Feature = (see) => {
  let count = 0;
  on<ErrorEvent & PromiseRejectionEvent>(window, 'error unhandledrejection', ({ message, reason }) => {
    const text = message || reason;
    // Without the queries of addresses in it.
    if (text && count++ < ERRORS_MAX) see('page', 'error', { message: `${text}`.replace(/\?\S+/g, '') });
  });
};
