import { listen } from './listen.ts';
import type { Undo } from './sighting.ts';

/**
 * `hidden`: another tab or app is in front, and a phone may end the page without another word. `gone`: the page is
 * left, perhaps for the back/forward cache. Never `unload`, which would keep the page out of that cache.
 */
export function leaving(window: Window, { hidden, gone }: { hidden: () => void; gone: () => void }): Undo {
  const undos = [
    listen(window.document, 'visibilitychange', () => {
      if (window.document.visibilityState === 'hidden') hidden();
    }),
    listen(window, 'pagehide', gone),
  ];
  return () => {
    for (const undo of undos) undo();
  };
}
