// The built dashboard in a real browser, under the real content security policy, with invented answers.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatFunnel } from '../url/funnel.ts';
import { FUNNEL_PRESETS } from '../url/funnel-presets.ts';
import { type BuiltPages, builtPages } from './built-pages.ts';
import { MOCK_TOKEN } from './mock-server.ts';

let server: BuiltPages['server'];
let page: Page;
let signIn: BuiltPages['signIn'];
let open: BuiltPages['open'];
/** What the browser complained about: refused styles and scripts, uncaught errors. */
let complaints: string[];

builtPages((fresh) => {
  ({ server, page, signIn, open } = fresh);
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    // A status the page asked for is an answer, not a complaint; the server is a mock and says 401 on purpose.
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
      complaints.push(line.text());
  });
});

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

describe('signing in', () => {
  it('trades the link for a session and takes the token out of the address', async () => {
    await signIn();
    expect(new URL(page.url()).hash).toBe('');
    await page.goBack().catch(() => undefined);
    expect(page.url()).not.toContain(MOCK_TOKEN);
  });

  it('says how to get a new link when this one was used', async () => {
    await page.goto(`${server.origin}/sign-in#used`);
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    expect(await page.locator('code').textContent()).toBe('npx throughline sign-in');
  });

  it('is asked for when there is no session', async () => {
    await page.goto(`${server.origin}/map`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});

describe('every page', () => {
  it('obeys the content security policy, in both themes, charts included', async () => {
    await signIn();
    const funnel = encodeURIComponent(formatFunnel({ ...FUNNEL_PRESETS.preset_shop, breakdown: 'device' }));
    for (const path of [
      '/',
      '/map',
      `/funnel?funnel=${funnel}`,
      '/paths',
      '/people',
      '/people/p_1',
      '/who',
      '/setup',
    ]) {
      await open(path);
      const charts = page.locator('.chart');
      for (const chart of await charts.all()) await chart.and(page.locator('[data-painted]')).waitFor();
      if ((await charts.count()) > 0) await charts.first().hover({ position: { x: 100, y: 100 } });
    }
    await page.getByLabel('Theme').selectOption('dark');
    await page.locator('.chart[data-painted]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('would be told on if it did not', async () => {
    await signIn();
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await expect.poll(() => complaints.join()).toContain('Content Security Policy');
  });

  it('shows every stage of the map from 1200 pixels on, and fades where it has to scroll', async () => {
    await signIn();
    for (const [width, fits] of [
      [1360, true],
      [1200, true],
      [1100, false],
      [390, false],
    ] as const) {
      await page.setViewportSize({ width, height: 850 });
      for (const site of ['may', 'huge']) {
        await open(`/map?site=${site}`);
        const region = page.locator('.map-scroll');
        await expect.poll(() => region.getAttribute('data-more-right')).toBe(fits ? null : '');
        const beyond = await page.locator('.stage').evaluateAll((stages) => {
          const right = (element: Element) => element.getBoundingClientRect().right;
          return stages.filter((stage) =>
            [...stage.querySelectorAll('.touchpoint, .fact dd')].some((part) => right(part) > right(stage)),
          ).length;
        });
        expect(beyond).toBe(0);
      }
    }
  });

  it('is no wider than a phone', async () => {
    await signIn();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [
      '/',
      '/map',
      '/funnel',
      '/paths',
      '/people',
      '/people/p_1',
      '/who',
      '/setup',
      '/?site=huge',
      '/map?site=huge',
    ]) {
      await open(path);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ path, beyond }).toEqual({ path, beyond: 0 });
    }
  });
});

describe('the people drawer', () => {
  it('lists exactly the people of the number that was clicked', async () => {
    await signIn();
    await open('/map');
    await page.getByRole('button', { name: 'Ended at “Cart”: 1,036 people' }).click();
    const drawer = page.getByRole('dialog', { name: 'Ended at “Cart”' });
    await drawer.getByText('1,036 people').waitFor();
    expect(await drawer.getByRole('row').count()).toBe(51);
    await drawer.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => drawer.getByRole('row').count()).toBe(101);
  });

  it('holds the focus, closes on Escape and gives the focus back', async () => {
    await signIn();
    await open('/map');
    const number = page.getByRole('button', { name: 'Reached “Cart”: 2,408 people' }).first();
    await number.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('link').first().waitFor();
    const inside = () => page.evaluate(() => document.activeElement?.closest('dialog') !== null);
    await page.keyboard.press('Shift+Tab');
    expect(await inside()).toBe(true);
    for (let presses = 0; presses < 4; presses += 1) {
      await page.keyboard.press('Tab');
      expect(await inside()).toBe(true);
    }
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await focused()).toBe('2,408');
  });

  it('exports everybody, with no cell that a spreadsheet would run', async () => {
    await signIn();
    await open('/map');
    await page.getByRole('button', { name: 'Reached “Cart”: 2,408 people' }).first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines.length).toBe(1 + 2_408);
    expect(lines[0]).toContain('Orders (all time),Revenue (all time)');
    expect(lines.filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([]);
    expect(lines.some((line) => line.includes(`"'=HYPERLINK`))).toBe(true);
  });
});

describe('searching people', () => {
  it('begins as one types, and the number is that of what is typed', async () => {
    await signIn();
    await open('/people');
    await page.locator('.people-total').waitFor();
    const all = await page.locator('.people-total').innerText();
    await page.getByRole('searchbox', { name: 'Search' }).pressSequentially('thu');
    await page.getByText('3 people', { exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByText(all, { exact: true }).waitFor();
  });
});

describe('the keyboard', () => {
  it('skips to the content, and walks the pages', async () => {
    await signIn();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.getByRole('link', { name: 'Paths' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Paths' }).waitFor();
    await expect.poll(() => page.title()).toBe('Paths · Throughline');
  });
});

describe('the language', () => {
  it('is the one of the browser at first, can be changed, and is remembered', async () => {
    await signIn();
    await page.getByLabel('Language').selectOption('vi');
    await page.getByRole('heading', { level: 1, name: 'Tổng quan' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('vi');
    await open('/map');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Bản đồ hành trình');
    await page.getByRole('button', { name: 'Đã đến “Giỏ hàng”: 2.408 khách' }).first().waitFor();
  });
});

describe('the funnel', () => {
  it('is built by clicking, and is the same after opening its address', async () => {
    await signIn();
    await open('/funnel');
    await page.getByRole('button', { name: 'Product to order' }).click();
    await page.getByRole('button', { name: 'Remove step 3' }).click();
    await page.getByRole('button', { name: 'Move step 2 up' }).click();
    const names = () => page.locator('.result-head h3').allInnerTexts();
    await expect.poll(names).toEqual(['1Added to cart', '2Product viewed', '3Order placed']);
    await page.reload();
    await expect.poll(names).toEqual(['1Added to cart', '2Product viewed', '3Order placed']);
  });
});

describe('what a visitor sent', () => {
  it('is text, and no link unless it is http', async () => {
    await signIn();
    await open('/people/p_1');
    for (const details of await page.locator('.event-details summary').all()) await details.click();
    await page.getByText('<b>Card declined</b>').waitFor();
    await page.getByText('javascript:alert(1)').waitFor();
    const links = page.locator('.event-details a');
    expect(
      await links.evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')])),
    ).toEqual([['https://shop.example/survey', 'noopener noreferrer nofollow']]);
  });
});

describe('states', () => {
  it('show the sentence of the API with a retry, and what to do when there is nothing', async () => {
    await signIn();
    await open('/map?site=failing');
    await page.getByText('The database does not answer right now. Try again in a few seconds.').waitFor();
    const before = server.calls.length;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => server.calls.length).toBeGreaterThan(before);
    await open('/setup?site=empty');
    await page.getByRole('heading', { name: 'Nothing has arrived yet' }).waitFor();
    await page.getByText('For shops with a Content-Security-Policy', { exact: true }).click();
    const policy = `script-src ${server.origin}; connect-src ${server.origin}`;
    await page.getByText(policy, { exact: true }).waitFor();
    expect(await page.getByText(policy, { exact: true }).count()).toBe(1);
    await open('/map?site=empty');
    await page.getByRole('link', { name: 'Go to set-up' }).waitFor();
  });

  it('say of the day that is not over that it is not', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Show as table: By day' }).click();
    const days = page.getByRole('table', { name: 'By day' }).getByRole('row');
    expect(await days.last().innerText()).toContain('Nov 22, today so far');
    expect(await days.filter({ hasText: 'today so far' }).count()).toBe(1);
  });

  it('give every chart its numbers as a table', async () => {
    await signIn();
    await open('/map');
    await page.getByRole('button', { name: /^Show as table: How people move/ }).click();
    const moves = page.getByRole('table', { name: 'Moves between stages' });
    await moves.getByRole('button', { name: 'From “Cart” to “Checkout”: 1,306 people' }).waitFor();
    expect(
      await moves.getByRole('row').filter({ hasText: 'Cart' }).filter({ hasText: 'Consider' }).count(),
    ).toBe(2);
  });
});
