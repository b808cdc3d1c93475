import type { BrowserContext } from 'playwright-core';

/** On the context's next pages the clock is so much further ahead than it was: calls add up. */
export const later = (context: BrowserContext, ahead_ms: number): Promise<unknown> =>
  context.addInitScript((ms: number) => {
    const now = Date.now;
    Date.now = () => now() + ms;
  }, ahead_ms);
