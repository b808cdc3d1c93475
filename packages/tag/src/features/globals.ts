import { idle } from '../idle.ts';
import { guarded } from '../listen.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals, functions some of them.
export type Globals = any;

/** Hands over what the page or a library of its has put under a global `name`, now or while the page is `loading`. */
export const whenThere = (name: string, task: (library: Globals) => unknown, loading = true): void => {
  const library = (window as Globals)[name];
  if (library) guarded(task)(library);
  else if (loading) idle(() => whenThere(name, task, document.readyState !== 'complete'));
};
