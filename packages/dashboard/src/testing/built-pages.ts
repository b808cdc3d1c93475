import { existsSync } from 'node:fs';
import { launchChromium } from '@throughline/tag/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { MOCK_TOKEN, type MockServer, startMockServer } from './mock-server.ts';

const DIST = process.env['DASHBOARD_DIST'] ?? 'packages/dashboard/dist';
const NOW = new Date('2026-11-22T09:00:00.000Z');

/** The built dashboard in a browser that nobody has signed in with yet, under the real content security policy, with invented answers. */
export interface BuiltPages {
  server: MockServer;
  page: Page;
  signIn(): Promise<void>;
  /** Goes to a page and waits until everything on it is there. */
  open(path: string): Promise<void>;
}

/** One server and one browser for the tests of a file; before each, `use` gets a new visitor's page. */
export function builtPages(use: (pages: BuiltPages) => void | Promise<void>): void {
  let server: MockServer;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    if (!existsSync(DIST))
      throw new Error(`${DIST} is not there: run \`ONLY=dashboard npm run build\` first.`);
    server = await startMockServer({ dist: DIST, now: NOW });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({
      locale: 'en-GB',
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    await use(pagesOf(server, page));
  });
  afterEach(() => context.close());
}

const pagesOf = (server: MockServer, page: Page): BuiltPages => ({
  server,
  page,
  async signIn() {
    await page.goto(`${server.origin}/sign-in#${MOCK_TOKEN}`);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  },
  async open(path) {
    await page.goto(`${server.origin}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForFunction(() => document.querySelector('.skeleton') === null);
  },
});
