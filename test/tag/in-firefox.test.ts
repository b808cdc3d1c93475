import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyBrowser } from './any-browser.ts';
import { everyScenario } from './every-scenario.ts';
import { findFirefox, launchFirefox } from './firefox.ts';
import { openRecordedShop, type RecordedShop } from './recorded-shop.ts';
import { stageOf, TAG, tagWith } from './stage.ts';

const file = findFirefox();

everyScenario({ name: 'Firefox', file, launch: launchFirefox, lacks: {} });

describe.skipIf(!file)(
  `Firefox that is set to Global Privacy Control${file ? '' : ' (not installed here)'}`,
  () => {
    let shop: RecordedShop;
    let browser: AnyBrowser;
    beforeAll(async () => {
      shop = await openRecordedShop();
      browser = await launchFirefox(file!, shop.origin, { 'privacy.globalprivacycontrol.enabled': true });
    }, 90_000);
    afterAll(async () => {
      await browser?.close();
      await shop?.close();
    });

    it('is recorded by sites alone that may ignore it', async () => {
      const { open, call, run, settled } = stageOf(shop, browser, {});
      await open(TAG, '/refused');
      await call('track', 'no');
      await settled();
      expect(await run('navigator.globalPrivacyControl')).toBe(true);
      expect(await run('[document.cookie, Object.keys(localStorage)]')).toEqual(['', []]);
      await open(tagWith('data-gpc="ignore"'), '/ignored');
      const [viewed] = await shop.recorded('page_viewed');
      await shop.recorded('no', 0);
      expect(new URL(viewed!.url).pathname).toBe('/ignored');
    });
  },
);
