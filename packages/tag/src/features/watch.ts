import { type Draft, seen, setSeen } from '../recorder.ts';

/** Lets `watcher` look at each sighting, change it, or take it away by answering true; what it sees itself comes after. */
export const watch = (watcher: (draft: Draft) => unknown): void => {
  const others = seen;
  setSeen((drafts, draft = drafts[drafts.length - 1]!) =>
    watcher(draft) ? drafts.pop() : others(drafts, draft),
  );
};
