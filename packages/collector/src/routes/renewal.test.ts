import { afterAll, describe, expect, it } from 'vitest';
import { freshCollector } from '../testing/fresh-collector.ts';
import { SHOP, type Started, startCollector } from '../testing/start.ts';
import { visitorCookie } from './visitor-cookie.ts';

let started: Started;
/** Told that a proxy stands before it. */
let behind: Started;
freshCollector(async (fresh) => {
  ({ started } = fresh);
  behind = await startCollector(fresh.store, { trust_proxy: true });
});
afterAll(() => behind?.end());

/** The cookie was written in this millisecond, `mmbsqs00` in base 36. */
const WRITTEN_MS = Date.UTC(2025, 0, 30, 20, 21, 37, 856);
const STAMP = WRITTEN_MS.toString(36);
let sent = 0;

const VIEWED = { name: 'page_viewed', seq: 1 };
const ENGAGED = { reader: 'page', name: 'scroll', seq: 2, properties: { is: [900, 40, []] } };
/** Its largest contentful paint took five seconds. */
const SLOW = { reader: 'page', name: 'scroll', seq: 2, properties: { is: [900, 40, 5_000] } };
const VIEWED_NEXT = { name: 'page_viewed', seq: 3 };

/** What a batch of visitor v1, on https://www.shop.example, sent so long after, is answered with. */
async function renewal(
  cookie: string,
  {
    after_ms = 5_000,
    visitor = 'v1',
    events = [VIEWED] as object[],
    host = 'collect.shop.example',
    origin = 'https://www.shop.example',
    forwarded = undefined as string | undefined,
    collector = started,
  } = {},
): Promise<string | null> {
  sent += 1;
  const answer = await collector.post(
    `https://${host}/e`,
    {
      site: SHOP.site,
      sent_at: WRITTEN_MS + after_ms,
      events: events.map((event, place) => ({ id: `r${sent}.${place}`, visitor, at: WRITTEN_MS, ...event })),
    },
    { cookie, origin, ...(forwarded && { 'x-forwarded-host': forwarded }) },
  );
  expect(answer.status).toBe(200);
  return answer.headers.get('set-cookie');
}

describe('the visitor’s cookie', () => {
  it('is given back for 400 days, with the mark of having been, where page and collector share a domain', async () => {
    expect(await renewal(`cart=1; tl_v=${STAMP}.v1; other=2`)).toBe(
      `tl_v=${STAMP}.v1.s;Domain=shop.example;Path=/;Max-Age=34560000;SameSite=Lax;Secure`,
    );
    expect(await renewal(`tl_v=${STAMP}.v1`, { origin: 'http://shop.example' })).not.toContain('Secure');
  });

  it.each([
    ['is left', [ENGAGED]],
    ['is left at once', [ENGAGED, VIEWED]],
    ['is left at once, told in the other order', [VIEWED, ENGAGED]],
    ['is left and was slow', [SLOW, VIEWED]],
  ])('is given back at once where the page %s', async (_what, events) => {
    expect(await renewal(`tl_v=${STAMP}.v1`, { after_ms: 900, events })).toContain('.v1.s;');
  });

  it.each([
    ['has moved', [VIEWED_NEXT, ENGAGED, VIEWED]],
    ['has moved, told in the other order', [ENGAGED, VIEWED_NEXT]],
    ['has moved from a slow page', [SLOW, VIEWED_NEXT]],
    [
      'has moved, whose first page was told a millisecond later',
      [{ ...ENGAGED, at: WRITTEN_MS + 1 }, VIEWED_NEXT],
    ],
    ['has moved, where another visitor’s page was left', [VIEWED, { ...ENGAGED, visitor: 'v2' }]],
    [
      'has left its page in an order that nobody can tell',
      [{ ...ENGAGED, seq: { valueOf: 1, toString: 1 } }, VIEWED],
    ],
  ])('is not given back in the first moments of an app that %s', async (_what, events) => {
    expect(await renewal(`tl_v=${STAMP}.v1`, { after_ms: 900, events })).toBeNull();
  });

  it.each([
    ['that was given back already', `tl_v=${STAMP}.v1.s`, {}],
    ['of a session that has begun just now', `tl_v=${STAMP}.v1`, { after_ms: 4_999 }],
    ['of another visitor than the batch’s', `tl_v=${STAMP}.v1`, { visitor: 'v2' }],
    ['of a page of another domain', `tl_v=${STAMP}.v1`, { origin: 'https://www.other.example' }],
    ['of a collector of another domain', `tl_v=${STAMP}.v1`, { host: 'collect.example' }],
    ['that is no cookie of the tag’s', `tl_v=${STAMP}.v1.more`, {}],
    ['that is missing', 'cart=1', {}],
  ])('is not given back where it is one %s', async (_what, cookie, more) => {
    expect(await renewal(cookie, more)).toBeNull();
  });

  it('is given back through a proxy that puts another host in the place of the one asked, where proxies are believed', async () => {
    const cookie = `tl_v=${STAMP}.v1`;
    const proxied = { host: '127.0.0.1:8787', forwarded: 'www.shop.example:443, inner.example' };
    expect(await renewal(cookie, { ...proxied, collector: behind })).toContain('Domain=shop.example;');
    expect(await renewal(cookie, { host: '127.0.0.1:8787', collector: behind })).toBeNull();
    expect(await renewal(cookie, proxied)).toBeNull();
  });

  it('is read in both its forms', () => {
    const cookie = { id: '42', written_ms: WRITTEN_MS, kept: `tl_v=${STAMP}.42.s` };
    expect(visitorCookie(`tl_v=${STAMP}.42`)).toEqual({ ...cookie, is_kept: false });
    expect(visitorCookie(`a=1;tl_v=${STAMP}.42.s;b=2`)).toEqual({ ...cookie, is_kept: true });
    expect(visitorCookie(undefined)).toBeUndefined();
  });
});
