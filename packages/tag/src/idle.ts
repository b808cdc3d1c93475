import { guarded } from './listen.ts';

/** Without it a page that draws nothing may never be idle. */
const IDLE_MS_MAX = 250;

/**
 * Runs `task` when the page has nothing better to do, in the order of the calls. Each is a piece of its own, so that none
 * keeps the visitor waiting. Safari has no idle callback: there each is a timer of its own, whose second argument means at once.
 */
export const idle = (task: () => unknown): unknown =>
  ((window.requestIdleCallback || setTimeout) as (task: () => unknown, options: object) => unknown)(
    guarded(task),
    { timeout: IDLE_MS_MAX },
  );
