// The Set-up page of a real server, used as a site owner does: what is copied from it runs in a shop of another origin under the policy
// that it names, and what it says outlives a restart.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '@throughline/tag/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { RunningThroughline } from 'throughline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runServer } from './run-server.ts';
import { EXAMPLE_HOSTS } from './tag/fresh-page.ts';

/** Headless Chromium calls itself a robot. */
const LAPTOP =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const PATIENT = { timeout: 20_000 };

let server: RunningThroughline;
let shop: Server;
/** What the shop's pages hold and which policy they have. */
let html: string;
let policy: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let data_dir: string;
/** What Set-up gives to copy: the line and its policy, and the line whose file never changes and its narrow policy. */
let line: string;
let open: string;
let pinned: string;
let narrow: string;
/** And the text for Google Tag Manager. */
let managed: string;

const start = () =>
  runServer(data_dir, {
    first_site: { name: 'Tea', timezone: 'UTC', currency: 'VND' },
  });
const shopAddress = () => `http://www.tea.example:${(shop.address() as AddressInfo).port}/`;

beforeAll(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-set-up-'));
  server = await start();
  shop = createServer((_request, response) => {
    response.setHeader('content-security-policy', `default-src 'none'; ${policy}`);
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Tea</title>${html}`);
  });
  await new Promise<void>((ready) => shop.listen(0, '127.0.0.1', ready));
  browser = await launchChromium({ flags: EXAMPLE_HOSTS });
  [line, open, pinned, narrow, managed] = await copied();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  shop?.close();
  shop?.closeAllConnections();
  await server?.close();
  await rm(data_dir, { recursive: true, force: true });
}, 60_000);
const newContext = () => browser.newContext({ userAgent: LAPTOP, locale: 'en-GB' });
beforeEach(async () => {
  context = await newContext();
  page = await context.newPage();
});
afterEach(() => context.close());

async function openSetUp(page: Page): Promise<void> {
  await page.goto(await server.signInLink());
  await page.getByRole('link', { name: 'Set-up' }).click();
  await page.getByRole('heading', { level: 2, name: 'What has been seen' }).waitFor();
}

/** Presses the copy buttons of the line and of what stands under the headings below it, and gives what is in the clipboard then. */
async function copied(): Promise<[string, string, string, string, string]> {
  const owner = await newContext();
  await owner.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const page = await owner.newPage();
  await openSetUp(page);
  await page.getByText('For shops with a Content-Security-Policy', { exact: true }).click();
  await page.locator('.strict-policy .copyable').nth(2).waitFor();
  await page.getByText('With Google Tag Manager', { exact: true }).click();
  const copy = async (within: string, place = 0) => {
    const text = page.locator(`${within} .copyable`).nth(place);
    await text.getByRole('button', { name: 'Copy' }).click();
    await text.getByRole('button', { name: 'Copied' }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const texts: [string, string, string, string, string] = [
    await copy('main'),
    await copy('.strict-policy'),
    await copy('.strict-policy', 1),
    await copy('.strict-policy', 2),
    await copy('.managed-tag'),
  ];
  await owner.close();
  return texts;
}

/** How many views of people the server has seen. */
async function views(): Promise<number> {
  await server.settled();
  const answer = await fetch(`${server.url}/api/sites/${server.site}/seen`, {
    headers: { authorization: `Bearer ${server.admin_token}` },
  });
  const { seen } = (await answer.json()) as { seen: { name: string; robot: boolean; events: number }[] };
  const viewed = seen.filter(({ name, robot }) => name === 'page_viewed' && !robot);
  return viewed.reduce((sum, { events }) => sum + events, 0);
}

/** Opens the shop as a visitor, and gives what the browser complains of. */
async function visit(): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(shopAddress());
  return complaints;
}
const isThere = () => page.evaluate(() => 'throughline' in window);

describe('the line of Set-up whose file never changes', () => {
  it('runs in a shop of another origin, under the narrow policy beside it, and breaks no rule of it', async () => {
    expect(pinned).toMatch(
      / src="http:\/\/[^"]+\/t\.[0-9a-f]{12}\.js" integrity="sha384-[^"]{64}" crossorigin /,
    );
    html = pinned;
    policy = narrow;
    const before = await views();
    const complaints = await visit();
    await expect.poll(views, PATIENT).toBe(before + 1);
    expect(complaints).toEqual([]);
  });

  it('runs by its hash alone where the policy names no address', async () => {
    html = pinned;
    policy = `script-src 'strict-dynamic' '${/sha384-[^"]+/.exec(pinned)![0]}'; connect-src ${server.url}/e`;
    const before = await views();
    const complaints = await visit();
    await expect.poll(views, PATIENT).toBe(before + 1);
    expect(complaints).toEqual([]);
  });

  it('does not run once a byte of the file was changed on the way', async () => {
    html = pinned;
    policy = narrow;
    await page.route('**/t.*.js', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()} ` });
    });
    const complaints = await visit();
    await expect.poll(() => complaints.join(), PATIENT).toMatch(/integrity/);
    expect(await isThere()).toBe(false);
  });

  it('does not run under a policy that names another file of the same host', async () => {
    html = pinned;
    policy = narrow.replace(/t\.\w+\.js/, 't.0123456789ab.js');
    const complaints = await visit();
    await expect.poll(() => complaints.join(), PATIENT).toMatch(/Content Security Policy/);
    expect(await isThere()).toBe(false);
  });
});

describe('the line of Set-up that updates itself', () => {
  it('runs in a shop of another origin under the policy that is told for it', async () => {
    html = line;
    policy = open;
    expect(line).toContain('/t.js" data-site=');
    const before = await views();
    const complaints = await visit();
    await expect.poll(views, PATIENT).toBe(before + 1);
    expect(complaints).toEqual([]);
  });
});

describe('the text of Set-up for Google Tag Manager', () => {
  it('runs where a script puts it into the page, and counts once where the line is there as well', async () => {
    policy = open.replace('script-src', "script-src 'unsafe-inline'");
    html = '<p>Tea</p>';
    const before = await views();
    await visit();
    // As Tag Manager does.
    const put = () =>
      page.evaluate((text) => {
        const script = document.createElement('script');
        script.text = new DOMParser().parseFromString(text, 'text/html').scripts[0]!.text;
        document.body.append(script);
      }, managed);
    await put();
    await expect.poll(views, PATIENT).toBe(before + 1);
    html = line;
    await visit();
    await put();
    await expect.poll(views, PATIENT).toBe(before + 2);
    await page.goto('about:blank');
    expect(await views()).toBe(before + 2);
  });
});

describe('after a restart', () => {
  it('Set-up still tells what was seen, and what browsers have given up', async () => {
    const given_up = { id: 'e1', visitor: 'v1', name: 'page_viewed', at: Date.now(), seq: 0 };
    const body = JSON.stringify({ site: server.site, sent_at: Date.now(), lost: 5, events: [given_up] });
    const headers = { 'user-agent': LAPTOP };
    expect((await fetch(`${server.url}/e`, { method: 'POST', headers, body })).status).toBe(200);
    const before = await views();
    await server.close();
    server = await start();
    await openSetUp(page);
    const seen = (name: string) =>
      page.locator('.seen-line').filter({ has: page.getByText(name, { exact: true }) });
    await seen('Page viewed').getByText(`× ${before}`, { exact: true }).waitFor();
    await seen('Added to cart').getByText('Not in 28 days', { exact: true }).waitFor();
    await page.getByText('Never arrived: 5 events that browsers gave up').waitFor();
  });
});
