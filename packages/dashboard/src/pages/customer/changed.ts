import { createContext } from 'preact';

/** Called when the person on the page was changed by hand. */
export const Changed = createContext<() => void>(() => {});
