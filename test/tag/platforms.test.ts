// Carts, sign-ups and log-ins without code, in Chromium: each platform's own mark-up and scripts on a page, and what reached the
// store. The same steps as the other browsers take, and those that it alone takes. The pages are those of examples/platforms.
import { expect, it } from 'vitest';
import { openChromium } from './chromium.ts';
import { everyScenario } from './every-scenario.ts';
import { ACCOUNTS, SHORTCUTS } from './platform-acts.ts';
import { accounts, sendAccountForm } from './scenarios/accounts.ts';
import { added, carts, expected, SEEN, showAlone } from './scenarios/carts.ts';
import { type Stage, TAG } from './stage.ts';

function others(stage: Stage): void {
  it.each(SHORTCUTS)('records an add by $way once', async (shortcut) => {
    const { shop, browser, until, leave } = stage;
    const { platform, buttons, path, good } = shortcut;
    shop.answers = { [path]: good };
    await showAlone(stage, platform);
    for (const button of buttons) await browser.click(button);
    await until(SEEN);
    // Some of these pages go by themselves, as the shop leads to its checkout.
    await leave();
    await stage.open(TAG, '/last');
    await expect.poll(async () => new URL((await shop.all()).at(-1)!.url).pathname).toBe('/last');
    expect(added(await shop.recorded('cart_added'))).toEqual(expected([shortcut]));
  });

  it('records no log-in that brings the same page again, on any platform', async () => {
    for (const { platform, log_in } of ACCOUNTS)
      await sendAccountForm(stage, { platform, form: log_in, leads_to: `/${platform}` });
    const { shop } = stage;
    await shop.recorded('page_viewed', 2 * ACCOUNTS.length);
    await shop.recorded('login', 0);
    await shop.recorded('form_submitted', 0);
  });
}

everyScenario({
  name: 'Chromium',
  file: 'chromium',
  launch: openChromium,
  lacks: {},
  scenarios: [carts, accounts, others],
});
