import { guarded, on } from '../listen.ts';

/** Runs `task` when the page and its scripts have been loaded: what it looks for is there by then, if ever. */
export const later = (task: () => void): void => {
  if (document.readyState === 'complete') guarded(task)();
  else on(window, 'load', ({ target }) => target === document && task());
};
