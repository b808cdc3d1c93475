import { guarded } from '../listen.ts';
import { later } from './later.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals, functions some of them.
export type Globals = any;

/** Hands over what the page or a library of its has put under a global `name`: now, or else once when the page has been `loaded`. */
export const whenThere = (name: string, task: (library: Globals) => unknown, loaded?: boolean): void => {
  const library = (window as Globals)[name];
  if (library) guarded(task)(library);
  else if (!loaded) later(() => whenThere(name, task, true));
};
