import { listen } from './listen.ts';
import type { Undo } from './sighting.ts';

/** A page that the browser has prepared, and that nobody may ever see: https://developer.chrome.com/docs/web-platform/prerender-pages */
export const isPrerendering = (document: Document): boolean =>
  (document as Document & { prerendering?: boolean }).prerendering === true;

/** Runs `task` now, or when a prerendered page is shown. */
export function whenShown(document: Document, task: () => void): Undo {
  if (isPrerendering(document)) return listen(document, 'prerenderingchange', () => task());
  task();
  return () => {};
}
