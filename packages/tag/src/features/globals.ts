import { guarded } from '../listen.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals, functions some of them.
export type Globals = any;

/** Often enough that a denial that a later script makes its default is heard before the first event is made, a quarter of a second later. */
const POLL_MS = 99;

/** Hands over what the page or a library of its has put under a global `name`, now or while the page is `loading`. */
export const whenThere = (name: string, task: (library: Globals) => unknown, loading = true): void => {
  const library = (window as Globals)[name];
  if (library) guarded(task)(library);
  else if (loading) setTimeout(whenThere, POLL_MS, name, task, document.readyState !== 'complete');
};
