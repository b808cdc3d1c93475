import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from './testing/chromium.ts';
import { openShop } from './testing/shop.ts';

// Chromium does not prerender under a debugger (PrerenderingDisabledByDevTools), so the page drives itself here.
const DRIVER = `<script>
if (document.prerendering) {
  document.addEventListener('prerenderingchange', () => { document.title = 'was prepared'; });
} else if (location.pathname === '/') {
  addEventListener('load', async () => {
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.textContent = JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] });
    document.head.append(rules);
    await fetch('/gate');
    throughline('track', 'meanwhile');
    await fetch('/gate');
    document.getElementById('next').click();
  });
}
</script>`;

/** Without what is told of a page that is left. What was on its way then comes again, under the same id. */
const distinct = <Event extends { id: string; name: string }>(events: readonly Event[]): Event[] =>
  [...new Map(events.map((event) => [event.id, event])).values()].filter(({ name }) => name !== 'scroll');

it('records a prerendered page when it is shown, and not before', async (test) => {
  const shop = await openShop();
  const profile = await mkdtemp(path.join(tmpdir(), 'throughline-prerender-'));
  shop.head = DRIVER;
  shop.gate = shop.until(({ visits }) => visits.filter((visit) => visit === '/t.js').length === 2);
  const browser = spawn(
    await findChromium(),
    ['--headless=new', ...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, `${shop.origin}/`],
    { stdio: 'ignore', detached: true },
  );
  const ended = once(browser, 'exit');
  try {
    await shop.gate;
    shop.gate = shop.until(({ events }) => events().some(({ name }) => name === 'meanwhile'));
    await shop.until(({ events }) => distinct(events()).length === 3);
  } finally {
    // The browser is a group of processes.
    process.kill(-browser.pid!, 'SIGKILL');
    await ended;
    await shop.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  const events = distinct(shop.events());
  if (events[2]!.title !== 'was prepared') test.skip('this browser did not prerender the page');
  expect(events.map(({ name, url }) => [name, new URL(url!).pathname])).toEqual([
    ['page_viewed', '/'],
    ['meanwhile', '/'],
    ['page_viewed', '/next'],
  ]);
});
