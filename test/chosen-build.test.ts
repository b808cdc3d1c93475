// How a choice of the tag's build reaches a browser that has the other one: Chromium's own cache, and a server that is five minutes away.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '@throughline/tag/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningThroughline } from 'throughline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runServer } from './run-server.ts';

const COMPLETE = readFileSync('packages/tag/dist/complete.js').length;
const CORE = readFileSync('packages/tag/dist/core.js').length;

let server: RunningThroughline;
/** The shop, and on the way to the collector a cache that has had every answer for a second more than five minutes. */
let shop: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let data_dir: string;
/** Of each request for the script: whether the browser had one, and what it was answered with. */
let asked: { known: boolean; status: number; bytes: number }[] = [];
/** Resolves when scripts may be answered. */
let way: Promise<void>;

beforeAll(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-build-'));
  server = await runServer(data_dir, {
    first_site: { name: 'Tea', timezone: 'UTC', currency: 'VND' },
  });
  shop = createServer(async ({ url, headers }, response) => {
    if (!url!.startsWith('/t.js'))
      return response
        .setHeader('content-type', 'text/html')
        .end(
          `<!doctype html><script defer src="/t.js?site=${server.site}" data-site="${server.site}"></script>`,
        );
    await way;
    const known = headers['if-none-match'];
    const answer = await script(known === undefined ? {} : { 'if-none-match': known });
    const body = Buffer.from(await answer.arrayBuffer());
    asked.push({ known: known !== undefined, status: answer.status, bytes: body.length });
    for (const name of ['content-type', 'cache-control', 'etag', 'vary'])
      response.setHeader(name, answer.headers.get(name) ?? '');
    response.writeHead(answer.status, { age: '301' }).end(body);
  });
  await new Promise<void>((ready) => shop.listen(0, '127.0.0.1', ready));
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  shop?.close();
  shop?.closeAllConnections();
  await server?.close();
  await rm(data_dir, { recursive: true, force: true });
}, 60_000);

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  way = Promise.resolve();
});
afterEach(() => context.close());

const script = (headers: Record<string, string> = {}) =>
  fetch(`${server.url}/t.js?site=${server.site}`, { headers: { 'accept-encoding': 'identity', ...headers } });

/** Opens a page of the shop, and gives the size of the build that has run there. */
async function visit(at: string): Promise<number> {
  await page.goto(`http://127.0.0.1:${(shop.address() as AddressInfo).port}${at}`);
  await page.waitForFunction(() => 'throughline' in window);
  return page.evaluate(
    () =>
      performance
        .getEntriesByType('resource')
        .map((entry) => entry as PerformanceResourceTiming)
        .find(({ name }) => name.includes('/t.js'))!.decodedBodySize,
  );
}

/** Once the server has heard of the choice. */
async function choose(tag: 'core' | 'complete', bytes: number): Promise<void> {
  const answer = await fetch(`${server.url}/api/sites/${server.site}/tag`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.admin_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ tag }),
  });
  expect(answer.status).toBe(200);
  await expect
    .poll(async () => (await (await script()).arrayBuffer()).byteLength, { timeout: 20_000 })
    .toBe(bytes);
}

it('runs what the browser has without waiting, and the chosen build with the page after', async () => {
  await choose('complete', COMPLETE);
  expect(await visit('/first')).toBe(COMPLETE);
  await choose('core', CORE);
  let open = () => {};
  way = new Promise((resolve) => {
    open = resolve;
  });
  asked = [];
  expect(await visit('/second')).toBe(COMPLETE);
  open();
  await expect.poll(() => asked, { timeout: 20_000 }).toEqual([{ known: true, status: 200, bytes: CORE }]);
  expect(await visit('/third')).toBe(CORE);
});

it('costs a browser that has the build already one answer without a body, behind the page', async () => {
  await choose('core', CORE);
  expect(await visit('/first')).toBe(CORE);
  asked = [];
  expect(await visit('/second')).toBe(CORE);
  await expect.poll(() => asked.length, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(new Set(asked.map(({ known, status, bytes }) => `${known} ${status} ${bytes}`))).toEqual(
    new Set(['true 304 0']),
  );
});
