import { idle } from '../idle.ts';

/** Runs `task` when the page and its scripts have been loaded: what it looks for is there by then, if ever. */
export const later = (task: () => void): unknown =>
  idle(() => (document.readyState === 'complete' ? task() : later(task)));
