import { guarded } from '../listen.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals, functions some of them.
export type Globals = any;

/** Soon enough that a denial that a later script makes its default is heard before the first event is made, a quarter of a second later. */
const POLL_MS = 240;

/** Hands over what `find` has found, a global of the page's or of a library's: now, or while the page is `loading`, until it has loaded. */
export const whenThere = (find: () => Globals, task: (library: Globals) => unknown, loading = true): void => {
  const library = find();
  if (library) guarded(task)(library);
  else if (loading) setTimeout(whenThere, POLL_MS, find, task, document.readyState !== 'complete');
};
