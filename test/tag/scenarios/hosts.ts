import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { personOf } from '../person-of.ts';
import { otherHost, type Stage, TAG } from '../stage.ts';

const script = readFileSync('packages/tag/dist/complete.js');
/** Lets the page know that the collector has answered. */
const ANSWERED = `<script>const plain = fetch; window.fetch = (...call) => plain(...call).then((answer) => { window.answered = true; return answer; });</script>`;
const hashOf = (algorithm: string) => createHash(algorithm).update(script);

export function hosts(stage: Stage): void {
  it.each(['a', 'button'])('is one person who goes to another domain of the shop by %s', async (element) => {
    const { shop, browser, until } = stage;
    const to = `${shop.origin}/checkout?cart=7`;
    shop.pages['/shop'] =
      `<!doctype html><title>Shop</title>${ANSWERED}${TAG}<a href="${to}">checkout</a><form method="post" action="${to}"><button>checkout</button></form>`;
    await browser.open(`${otherHost(shop)}/shop`);
    // The token comes with the answer.
    await until('window.answered');
    await browser.click(element);
    const [there, here] = await shop.recorded('page_viewed', 2);
    expect(here!.visitor_id).not.toBe(there!.visitor_id);
    expect(await personOf(shop, here!.visitor_id)).toMatch(/^p_/);
    expect(await personOf(shop, there!.visitor_id)).toBe(await personOf(shop, here!.visitor_id));
    expect(JSON.stringify(await shop.all())).not.toContain('tlclid');
  });

  it('has one visitor on all hosts of a domain, where the collector has one too', async () => {
    const { shop, browser, run } = stage;
    const at = (host: string, path: string) => `${shop.origin.replace('127.0.0.1', host)}${path}`;
    shop.pages['*'] =
      `<!doctype html><title>Shop</title><script defer src="${at('collect.tea.example', '/t.js')}" data-site="SITE_KEY"></script>`;
    await browser.open(at('www.tea.example', '/one'));
    await shop.recorded('page_viewed');
    await browser.open(at('checkout.tea.example', '/two'));
    const viewed = await shop.recorded('page_viewed', 2);
    expect(new Set(viewed.map(({ visitor_id }) => visitor_id)).size).toBe(1);
    expect(await run('isSecureContext')).toBe(false);
  });

  it('runs from another host under integrity and a strict policy, and not under a wrong hash', async () => {
    const { shop, run, call } = stage;
    const collector = otherHost(shop);
    shop.headers = {
      'content-security-policy': `default-src 'none'; script-src ${collector}; connect-src ${collector}; require-trusted-types-for 'script'`,
    };
    const pinned = (integrity: string) =>
      `<!doctype html><title>Shop</title><script defer src="${collector}/t.${hashOf('sha256').digest('hex').slice(0, 12)}.js" integrity="sha384-${integrity}" crossorigin data-site="SITE_KEY"></script>`;
    await stage.open(pinned(hashOf('sha384').digest('base64')));
    await call('track', 'more', { n: 1 });
    await shop.recorded('more');
    await stage.open(pinned('A'.repeat(64)), '/wrong');
    expect(await run(`'throughline' in window`)).toBe(false);
    await shop.recorded('page_viewed', 1);
  });
}
