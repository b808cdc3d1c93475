// The tag under its pinned name, by Subresource Integrity and a strict Content-Security-Policy.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { EXAMPLE_HOSTS, freshPages } from './fresh-page.ts';
import type { RecordedShop } from './recorded-shop.ts';

let shop: RecordedShop;
let page: Page;
let complaints: string[];
const at = (host: string, path = '/') => `${shop.origin.replace('127.0.0.1', host)}${path}`;
const script = readFileSync('packages/tag/dist/complete.js');
const nameOf = (bytes: Buffer | string) =>
  `t.${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.js`;
const integrityOf = (bytes: Buffer | string) =>
  `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

freshPages(
  (fresh) => {
    ({ shop, page } = fresh);
  },
  { flags: EXAMPLE_HOSTS },
);
beforeEach(() => {
  complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const collector = at('collect.tea.example', '').replace(/\/$/, '');
  shop.headers = {
    'content-security-policy': `default-src 'none'; script-src ${collector}; connect-src ${collector}; require-trusted-types-for 'script'`,
  };
});

/** Opens a page of the shop with the pinned tag of the collector's host, and with this integrity. */
const open = (integrity: string, name = nameOf(script)) => {
  shop.pages['*'] =
    `<!doctype html><title>Shop</title><script defer src="${at('collect.tea.example', `/${name}`)}" integrity="${integrity}" crossorigin data-site="SITE_KEY"></script><form id="f"><input name="a"></form><a id="out" href="https://else.example/">out</a>`;
  return page.goto(at('www.tea.example', '/page?q=tea'));
};

it('records under the right hash and a policy that allows its host alone, and breaks no rule of it', async () => {
  await open(integrityOf(script));
  await shop.recorded('page_viewed');
  await shop.recorded('search');
  await page.locator('#f input').fill('x');
  await page.evaluate(() =>
    (window as never as { throughline(...call: unknown[]): void }).throughline('track', 'more', { n: 1 }),
  );
  await shop.recorded('more');
  expect(complaints).toEqual([]);
});

it('goes on recording when the collector has been upgraded and its builds are others', async () => {
  const old = `${script}\n// Of last year.`;
  await writeFile(path.join(shop.data_dir, 'tags', nameOf(old)), old);
  await open(integrityOf(old), nameOf(old));
  await shop.recorded('page_viewed');
  expect(complaints).toEqual([]);
});

it('does not run under a hash that is not its own', async () => {
  await open(integrityOf('something else'));
  await expect.poll(() => complaints.join()).toMatch(/integrity/);
  expect(await page.evaluate(() => 'throughline' in window)).toBe(false);
  expect(await shop.all()).toEqual([]);
});
