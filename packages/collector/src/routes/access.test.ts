import { describe, expect, it } from 'vitest';
import { hashOf } from '../tag/script.ts';
import { freshCollector } from '../testing/fresh-collector.ts';
import { SHOP, type Started, TAG } from '../testing/start.ts';
import type { Access, RouteInfo } from './route.ts';

let started: Started;
freshCollector((fresh) => {
  ({ started } = fresh);
});

const EVENT = { id: 'a1', name: 'page_viewed', messageId: 'a1', userId: 'u1', event: 'x', type: 'track' };
/** Would be taken by any of the routes, were it not for who sends it. */
const body = (site: string) => ({
  site,
  visitor: 'v1',
  sent_at: 1,
  events: [EVENT],
  batch: [EVENT],
  ...EVENT,
});

/** Asks a route for this site, and with these headers. */
function call({ method, path }: RouteInfo, site: string, headers: Record<string, string> = {}) {
  const at = path
    .replace(':platform', 'shopify')
    .replace(':site', site)
    .replace(':key', 'no-such-key')
    .replace(/:pinned\{.*\}/, `t.${hashOf(TAG)}.js`);
  return started.collector.app.request(method === 'GET' ? `${at}?site=${site}` : at, {
    method,
    headers,
    ...(method === 'GET' ? {} : { body: JSON.stringify(body(site)) }),
  });
}

const NEEDS: Readonly<Record<Exclude<Access, 'public'>, { site: string; refused: [number, string] }>> = {
  site_key: { site: 'no-such-site', refused: [400, 'unknown_site'] },
  write_key: { site: SHOP.site, refused: [401, 'wrong_key'] },
  signature: { site: SHOP.site, refused: [401, 'wrong_signature'] },
  operator: { site: SHOP.site, refused: [403, 'not_from_here'] },
};

/** A stranger behind a proxy, whose own address is one of this machine. */
const FROM_OUTSIDE = { 'x-forwarded-for': '203.0.113.9' };

const WRONG: Record<string, string>[] = [
  {},
  { authorization: 'Bearer no-such-key' },
  { 'x-shopify-hmac-sha256': 'AAAA' },
];

describe('every route', () => {
  it('refuses who does not show what it asks for, and takes nothing of theirs', async () => {
    const asked = { site_key: 0, write_key: 0, signature: 0, operator: 0, public: 0 };
    for (const route of started.collector.routes) {
      asked[route.access] += 1;
      if (route.access === 'public') {
        expect((await call(route, SHOP.site)).status, route.path).toBe(200);
        continue;
      }
      const { site, refused } = NEEDS[route.access];
      for (const headers of WRONG) {
        const answer = await call(route, site, { ...FROM_OUTSIDE, ...headers });
        const { error } = (await answer.json()) as { error: { code: string } };
        expect([answer.status, error.code], route.path).toEqual(refused);
      }
    }
    // None of the kinds may be left out by mistake.
    expect(asked).toEqual({ site_key: 2, write_key: 16, signature: 1, operator: 1, public: 5 });
    await started.collector.settled();
    for (const site of ['', SHOP.site]) expect((await started.collector.ledger(site)).stored).toBe(0);
  });
});
