// Chromium over Playwright, as one of the browsers of the shared scenarios.
import { launchChromium } from '@throughline/tag/testing';
import type { Launch } from './any-browser.ts';

export const openChromium: Launch = async (_file, proxy) => {
  const browser = await launchChromium({ flags: [`--proxy-server=${proxy}`] });
  let context = await browser.newContext();
  const tabs = [await context.newPage()];
  const tab = () => tabs.at(-1)!;
  return {
    async fresh() {
      await context.close();
      context = await browser.newContext();
      tabs.splice(0, tabs.length, await context.newPage());
    },
    async open(url) {
      // A page that is just going somewhere by itself goes before.
      for (let tries = 5; ; tries--) {
        const error = await tab()
          .goto(url)
          .then(
            () => undefined,
            (reason: Error) => reason,
          );
        if (!error) return;
        if (tries === 0 || !error.message.includes('interrupted by another navigation')) throw error;
      }
    },
    evaluate: (expression) => tab().evaluate(expression),
    click: (selector, times = 1) => tab().locator(selector).first().click({ clickCount: times }),
    type: (selector, text) => tab().locator(selector).first().pressSequentially(text),
    async openTab(url) {
      tabs.push(await context.newPage());
      await tab().goto(url);
    },
    async closeTab() {
      await tabs.pop()!.close();
    },
    close: () => browser.close(),
  };
};
