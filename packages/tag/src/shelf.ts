import { guarded } from './listen.ts';

/**
 * Small texts kept between pages: `localStorage`, or an object of this page's own where that is blocked, full, or not
 * allowed yet. Both are read and written as objects are.
 */
export let shelf: Record<string, string> = {};

/** Whether anything may be kept beyond the page: in storage, in cookies. */
export let kept = false;

/** From here on kept beyond the page, where the browser lets us. What was put before is forgotten: whoever puts something decides first. */
export const openShelf = (): void => {
  kept = true;
  // Even naming it throws where storage is blocked, and some frames of apps have none.
  guarded(() => {
    shelf = (localStorage as unknown as typeof shelf) || shelf;
  })();
};

/** From here on nothing is kept; what is there stays. */
export const closeShelf = (): void => {
  shelf = {};
  kept = false;
};

/** The list kept under a key; undefined where somebody has edited it to be none. */
export const listAt = guarded((key: string) => [...JSON.parse(shelf[key] || '[]')]);

export const put = (key: string, text: string | number): void => {
  try {
    shelf[key] = text as string;
  } catch (_full) {
    // Full, mostly of the shop's own: from here to the end of the page in memory.
    shelf = { ...shelf, [key]: text as string };
  }
};
