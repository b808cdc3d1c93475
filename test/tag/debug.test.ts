// What a developer reads in the console under data-debug="console".
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type FreshPage, freshPages } from './fresh-page.ts';
import type { RecordedShop } from './recorded-shop.ts';
import { tagWith } from './stage.ts';

let shop: RecordedShop;
let page: Page;
let open: FreshPage['open'];
let call: FreshPage['call'];
let told: string[];

freshPages((fresh) => {
  ({ shop, page, open, call } = fresh);
  told = [];
  page.on('console', async (message) => {
    const values = await Promise.all(message.args().map((one) => one.jsonValue().catch(() => '')));
    told.push(JSON.stringify(values));
  });
});
const settled = () => page.evaluate(() => dispatchEvent(new Event('pagehide')));

it('says what waits for consent, what is sent and answered, and what is given up', async () => {
  await open(tagWith('data-debug="console" data-consent="required"'));
  await call('track', 'waits');
  await settled();
  await expect.poll(() => told.join('\n')).toMatch(/^\["required",\[.*"name":"waits"/m);
  await call('consent', 'granted');
  await shop.recorded('waits');
  await expect.poll(() => told.join('\n')).toMatch(/^\[200,".*waits/m);
  await call('track', 'large', { text: 'x'.repeat(30_000) });
  await settled();
  await expect.poll(() => told.join('\n')).toMatch(/^\["lost"/m);
  await call('consent', 'denied');
  await call('track', 'dropped');
  await settled();
  await expect.poll(() => told.join('\n')).toMatch(/^\["denied",\[.*"name":"dropped"/m);
});

it('says what was wrong with a call', async () => {
  const errors: string[] = [];
  page.on('console', (message) => errors.push(message.text()));
  await open(tagWith('data-debug="console"'));
  await page.evaluate(() => {
    const odd: { self?: object } = {};
    odd.self = odd;
    (window as never as { throughline(...call: unknown[]): void }).throughline('track', 'odd', odd);
  });
  await expect.poll(() => errors.join()).toMatch(/TypeError: Converting circular structure to JSON/);
  await call('good');
  await expect.poll(() => errors.join()).toMatch(/TypeError: .*is not a function/);
  await call('track', 'good');
  await shop.recorded('good');
  await shop.recorded('odd', 0);
});
