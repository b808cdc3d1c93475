import { on } from './listen.ts';

/** How often the visitor has touched the page. */
export let used = 0;

/**
 * Starts features when the visitor first touches the page, before the page hears of it: what only visitors bring about. They are
 * started by a function, and not listed, because their code then takes no time and no memory before.
 */
export const whenUsed = (run: () => void): void => {
  use = () => used++ || run();
  on(window, 'pointerdown keydown click submit input', use);
};

/** As if the visitor had touched the page, where something else has to be there before. */
export let use = (): unknown => 0;
