import { idle } from '../idle.ts';
import { on } from '../listen.ts';

/** Runs `task` when the page and its scripts have been loaded: what it looks for is there by then, if ever. */
export const later = (task: () => void): void => {
  if (document.readyState === 'complete') idle(task);
  else on(window, 'load', task);
};
