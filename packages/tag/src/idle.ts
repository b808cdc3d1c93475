import { guarded } from './listen.ts';

/** Of a quarter of a second, in which the page has its own things to load, and of a page that draws nothing and so may never be idle. */
const WAIT_MS = 250;

/**
 * Runs `task` a little later, when the page has nothing better to do, in the order of the calls. Each is a piece of its own, so
 * that none keeps the visitor waiting. Safari has no idle callback: there each is a timer of its own, whose second argument means at once.
 */
export const idle = (task: (deadline: never) => unknown): unknown =>
  setTimeout((window.requestIdleCallback || setTimeout) as unknown as () => void, WAIT_MS, guarded(task), {
    timeout: WAIT_MS,
  });
