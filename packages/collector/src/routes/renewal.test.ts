import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from '../testing/start.ts';
import { visitorCookie } from './visitor-cookie.ts';

let store: TestStore;
let started: Started;
beforeAll(async () => {
  store = await testStore();
  await addSite(store);
  started = await startCollector(store);
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

/** The cookie was written in this millisecond, `mmbsqs00` in base 36. */
const WRITTEN_MS = Date.UTC(2025, 0, 30, 20, 21, 37, 856);
const STAMP = WRITTEN_MS.toString(36);
let sent = 0;

/** What a batch of visitor v1, on https://www.shop.example, sent so long after, is answered with. */
async function renewal(
  cookie: string,
  {
    after_ms = 5_000,
    visitor = 'v1',
    name = 'page_viewed',
    host = 'collect.shop.example',
    origin = 'https://www.shop.example',
  } = {},
): Promise<string | null> {
  sent += 1;
  const answer = await started.post(
    `https://${host}/e`,
    {
      site: SHOP.site,
      sent_at: WRITTEN_MS + after_ms,
      events: [{ id: `r${sent}`, visitor, name, at: WRITTEN_MS, seq: 1 }],
    },
    { cookie, origin },
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

  it('is given back at once where the page is left', async () => {
    expect(await renewal(`tl_v=${STAMP}.v1`, { after_ms: 900, name: 'page_engaged' })).toContain('.v1.s;');
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

  it('is read in both its forms', () => {
    const cookie = { id: '42', written_ms: WRITTEN_MS, kept: `tl_v=${STAMP}.42.s` };
    expect(visitorCookie(`tl_v=${STAMP}.42`)).toEqual({ ...cookie, is_kept: false });
    expect(visitorCookie(`a=1;tl_v=${STAMP}.42.s;b=2`)).toEqual({ ...cookie, is_kept: true });
    expect(visitorCookie(undefined)).toBeUndefined();
  });
});
