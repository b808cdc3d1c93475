import { on } from './listen.ts';
import { shelf } from './shelf.ts';

/** Where it is kept what a form with a password has tried on this page. Who goes on here has been told that it did not go well. */
export const TRIED = 'tl_t';

/** How often the visitor has touched the page. */
export let used = 0;

/**
 * Starts features when the visitor first touches the page, before the page hears of it: what only visitors bring about. They are
 * started by a function, and not listed, because their code then takes no time and no memory before.
 */
export const whenUsed = (run: () => void): void => {
  setOnUse(run);
  on(window, 'pointerdown keydown click submit', () => {
    use();
    delete shelf[TRIED];
  });
};

/** What the first touch starts. */
let onUse: () => unknown = () => {};
const setOnUse = (to: typeof onUse): void => {
  onUse = to;
};

/** As if the visitor had touched the page, where something else has to be there before. */
export const use = (): unknown => used++ || onUse();
