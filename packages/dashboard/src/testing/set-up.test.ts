// Does it work? What the built pages say to somebody who has just pasted the line, in a real browser, with invented answers.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type BuiltPages, builtPages } from './built-pages.ts';

let server: BuiltPages['server'];
let page: Page;
let open: BuiltPages['open'];

builtPages(async (fresh) => {
  ({ server, page, open } = fresh);
  await fresh.signIn();
  // With the answer of the shop before: +0% against it.
  await page.locator('.figure-change[title]').first().waitFor();
});

const asked = (report: string) => server.calls.filter((call) => call.endsWith(report)).length;
const line = (name: string) =>
  page.locator('.seen-line').filter({ has: page.getByText(name, { exact: true }) });

describe('what has been seen', () => {
  it('is told by who saw it, how often and when, and what to try for what was not seen', async () => {
    await open('/setup');
    const add = line('Added to cart');
    await add.getByText('the cart’s form or request, the dataLayer', { exact: true }).waitFor();
    await add.getByText('× 332', { exact: true }).waitFor();
    await add.getByText('1 minute ago', { exact: true }).waitFor();
    await line('Order placed').getByText('a webhook, the dataLayer', { exact: true }).waitFor();
    await line('Add to cart refused').getByText('× 6', { exact: true }).waitFor();
    await line('Signed in').getByText('Not in 28 days', { exact: true }).waitFor();
    await line('Signed in').getByText('Log in once. Single sign-on needs a call.').waitFor();
    await page.getByText('Besides, 3,911 events of robots, the latest 31 seconds ago.').waitFor();
    await page.getByText('Never arrived: 14 events that browsers gave up').waitFor();
    const latest = page.getByRole('table', { name: 'The latest events' }).getByRole('row');
    expect(await latest.nth(1).innerText()).toContain('4 seconds ago\tPage viewed\tthe page');
    expect(await latest.filter({ hasText: 'Robot' }).count()).toBe(1);
  });

  it('is looked at again without a click while a shop is new, and only then', async () => {
    await open('/setup?site=huge');
    expect(await page.getByText('Looks again every few seconds.').count()).toBe(0);
    await open('/setup?site=empty');
    await page.getByText('Looks again every few seconds.').waitFor();
    const before = asked('/empty/seen');
    await expect.poll(() => asked('/empty/seen'), { timeout: 15_000 }).toBeGreaterThan(before + 1);
    expect(asked('/huge/seen')).toBe(1);
  });

  it('fails with a sentence and a retry', async () => {
    await open('/setup?site=failing');
    const before = asked('/failing/seen');
    await page.getByText('The database does not answer right now.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => asked('/failing/seen')).toBe(before + 1);
  });
});

describe('the page', () => {
  it('has no dates to choose, of which nothing on it is', async () => {
    await open('/map');
    const dates = page.getByLabel('Dates');
    await dates.waitFor();
    await page.getByRole('link', { name: 'Set-up' }).click();
    await page.getByText('Paste this into every page').waitFor();
    expect(await dates.count()).toBe(0);
  });
});

describe('the line to paste', () => {
  it('calls itself copied until another build is chosen', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('/setup');
    await page.getByText('For shops with a Content-Security-Policy').click();
    await page.getByText('In return it never updates itself').waitFor();
    const copies = page.locator('.copyable').getByRole('button');
    const said = async () => (await copies.allInnerTexts()).slice(0, 4);
    for (const place of [0, 1, 2, 3]) await copies.nth(place).click();
    await expect.poll(said).toEqual(['Copied', 'Copied', 'Copied', 'Copied']);
    await page.getByText('Core', { exact: true }).click();
    // The second is the policy for either build.
    await expect.poll(said).toEqual(['Copy', 'Copied', 'Copy', 'Copy']);
    await page.getByText('Complete', { exact: true }).click();
    await page.getByText('Saved. The shop’s pages need no change.').waitFor();
    expect(await said()).toEqual(['Copy', 'Copied', 'Copy', 'Copy']);
  });

  it('is that of the build that is chosen, and so is what it sees by itself', async () => {
    await open('/setup');
    const snippet = page.locator('.copyable code').first();
    expect(await snippet.innerText()).toContain('/t.js" data-site="may"');
    await page.getByText('This address is known to this machine alone.').waitFor();
    await page.getByText('Adds to the cart on Shopify').waitFor();
    await page.getByText('Core', { exact: true }).click();
    await page.getByText('Saved. The line above has changed').waitFor();
    await page.getByText('reaches visitors within five minutes').waitFor();
    expect(await snippet.innerText()).toContain('/t.js?site=may" data-site="may"');
    expect(await page.getByText('Adds to the cart on Shopify').count()).toBe(0);
    await line('Signed in').getByText('The core build needs an attribute or a call for this.').waitFor();
    await page.getByText('Complete', { exact: true }).click();
    await page.getByText('Saved. The shop’s pages need no change.').waitFor();
  });

  it('is told in full for a strict policy as well, by the hash of the build that is chosen', async () => {
    const before = asked('/may/tag');
    await open('/setup');
    expect(asked('/may/tag')).toBe(before);
    await page.getByText('For shops with a Content-Security-Policy').click();
    const lines = page.locator('.strict-policy .copyable code');
    await page.getByText('In return it never updates itself').waitFor();
    expect(await lines.allInnerTexts()).toEqual([
      `script-src ${server.origin}; connect-src ${server.origin}`,
      `<script defer src="${server.origin}/t.54c2cca9cf7b.js" integrity="sha384-SR0RQwxXZv0SXucN8rUq19hup4W3bBbS2CbgYz3AqHjvd3TLzxFKUnU12Z78dNdY" crossorigin data-site="may"></script>`,
      `script-src ${server.origin}/t.54c2cca9cf7b.js; connect-src ${server.origin}/e`,
    ]);
    await page.getByText('Core', { exact: true }).click();
    await expect.poll(() => lines.nth(1).innerText()).toContain('/t.f0bfc55e70d4.js');
  });
});

describe('a shop at its beginning', () => {
  it('is told that stitching changes nothing yet, instead of 0%', async () => {
    await page.route('**/api/**/map', async (route) => {
      const view = await (await route.fetch()).json();
      await route.fulfill({ json: { ...view, stitched_share: 0 } });
    });
    await open('/map');
    const claim = page.locator('.sure');
    expect(await claim.innerText()).toBe(
      'Nobody here was recognised across several browsers: stitching changes nothing.',
    );
  });
});

describe('dates in which nobody came', () => {
  it('but robots did are told apart, and the robots are asked for only then', async () => {
    const before = asked('/may/overview');
    await open('/map');
    expect(asked('/may/overview')).toBe(before);
    for (const path of ['/', '/map', '/paths']) {
      await open(`${path}?site=robots`);
      await page.getByRole('heading', { name: 'Only robots came in these dates' }).waitFor();
      await page.getByText('12 events of 3 visits came from robots').waitFor();
    }
    await page.getByRole('link', { name: 'See what arrived' }).click();
    await page.getByText('So far only robots came').waitFor();
    await page.getByLabel('Language').selectOption('vi');
    await page.getByText('Đến nay mới chỉ có robot').waitFor();
  });

  it('are not claimed where people came and did something else', async () => {
    await page.route('**/api/**/paths', (route) =>
      route.fulfill({ json: { people: 0, nodes: [], links: [] } }),
    );
    await open('/paths');
    await page.getByRole('heading', { name: 'Nobody did this in these dates' }).waitFor();
    await page.getByText(/^\d\d,\d{3} people came, and none of them did what is asked here\./).waitFor();
  });
});
