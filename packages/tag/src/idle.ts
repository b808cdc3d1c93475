import type { Undo } from './sighting.ts';

/** Runs `task` once, `wait_ms` from now at the earliest and then when the page has nothing better to do. */
export function whenIdle(window: Window, task: () => void, wait_ms: number): Undo {
  let live = true;
  const timer = window.setTimeout(() => {
    const run = () => live && task();
    // Safari has no idle callback.
    if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: 1000 });
    else run();
  }, wait_ms);
  return () => {
    live = false;
    window.clearTimeout(timer);
  };
}
