import { guarded } from '../listen.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals, functions some of them.
export type Globals = any;

/** Soon enough that a denial that a later script makes its default is heard before the first event is made, an idle moment after that. */
const POLL_MS = 250;

/**
 * Hands over a global of the page's or of a library's: now, or when it comes, until the page has loaded; `late`: not before, because the
 * library puts another in its place.
 */
export const whenThere = (name: string, task: (library: Globals) => unknown, late?: boolean): void => {
  const library = (window as Globals)[name];
  const loaded = document.readyState === 'complete';
  if (library && (loaded || !late)) guarded(task)(library);
  else if (!loaded) setTimeout(whenThere, POLL_MS, name, task, late);
};
