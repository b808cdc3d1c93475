import type { TestStore } from '@throughline/store/testing';
import { expect, it } from 'vitest';
import { freshCollector } from '../testing/fresh-collector.ts';
import { SHOP, type Started } from '../testing/start.ts';

let store: TestStore;
let started: Started;
freshCollector((fresh) => {
  ({ store, started } = fresh);
});

/** What is kept of events written as the tag writes them: what was seen, then what brought their session. */
async function kept(...events: [seen: object, entry: object | 0][]) {
  const at = Date.now();
  const visitor = `v${Math.random()}`.replace('.', '');
  const answer = await started.post('/e', {
    site: SHOP.site,
    sent_at: at,
    events: events.map(([seen, entry], i) => [
      { at, r: 'page', ...seen },
      `${visitor}.${i}`,
      visitor,
      `${at.toString(36)}.1`,
      i + 1,
      entry,
      'Tea',
      '',
    ]),
  });
  expect(answer.status).toBe(200);
  await started.collector.settled();
  return store.query<Record<string, string> & { properties: object }>({
    sql: 'SELECT * FROM events WHERE visitor_id = {visitor:String} ORDER BY name, url',
    params: { visitor },
  });
}

const URL_OF_AD = 'https://www.shop.example/tea?utm_source=news&utm_campaign=spring#top';
const viewed = { name: 'page_viewed', url: URL_OF_AD, referrer: 'https://www.google.com/' };

it('counts a campaign of what brought the session, and none of a session that nothing brought', async () => {
  const [brought] = await kept([viewed, { url: URL_OF_AD, referrer: 'https://www.google.com/' }]);
  expect(brought).toMatchObject({ utm_source: 'news', utm_campaign: 'spring', referrer_host: 'google.com' });
  const [alone] = await kept([{ ...viewed, name: 'track' }, 0]);
  expect(alone).toMatchObject({ utm_source: '', utm_campaign: '', referrer_host: '', channel: 'direct' });
});

it('tells of a page by what campaign the visitor came back to it in the middle of a visit, and of what follows the visit’s', async () => {
  const searched = { url: 'https://www.shop.example/', referrer: 'https://www.google.com/' };
  const rows = await kept(
    [{ name: 'page_viewed', ...searched }, searched],
    [{ ...viewed, referrer: '' }, searched],
    [{ name: 'checkout_started', url: URL_OF_AD }, searched],
  );
  expect(rows.map(({ name, utm_campaign, channel }) => [name, utm_campaign, channel])).toEqual([
    ['checkout_started', '', 'organic_search'],
    ['page_viewed', '', 'organic_search'],
    ['page_viewed', 'spring', 'unassigned'],
  ]);
});

it.each([
  [
    'a page of the site led to it',
    { ...viewed, referrer: 'https://www.shop.example/' },
    { url: URL_OF_AD, referrer: '' },
  ],
  ['nothing brought the visit', viewed, 0],
] as const)('counts no campaign of a later view where %s', async (_why, view, entry) => {
  const arrived = { ...view, url: URL_OF_AD.replace('spring', 'autumn') };
  const [later] = await kept([arrived, entry]);
  expect(later!['utm_campaign']).toBe(entry ? 'spring' : '');
});

it('makes an error of a page that was not there, beside how long it was looked at', async () => {
  const is = (status: number) => ({ is: [Date.now() - 500, 0, [[0, 80, null, null, null, status]]] });
  const rows = await kept(
    [{ name: 'scroll', url: 'https://www.shop.example/gone', p: is(404) }, 0],
    [{ name: 'scroll', url: 'https://www.shop.example/', p: is(200) }, 0],
  );
  expect(rows.map(({ name, reader, url }) => [name, reader, new URL(url!).pathname])).toEqual([
    ['error_seen', 'page', '/gone'],
    ['page_engaged', 'page', '/'],
    ['page_engaged', 'page', '/gone'],
  ]);
  expect(rows[0]!.properties).toMatchObject({ status: '404' });
  // The title of when it was told, which in a single-page app is the next view's.
  expect(rows.map(({ title }) => title)).toEqual(['', '', '']);
  expect((await kept([viewed, 0]))[0]!['title']).toBe('Tea');
});

it('takes a batch as a list as well, and tells what it is told of lost events', async () => {
  const at = Date.now();
  const visitor = `v${at}`;
  const tuple = [
    { at, r: 'page', ...viewed },
    `${visitor}.1`,
    visitor,
    `${at.toString(36)}.1`,
    1,
    0,
    'Tea',
    '',
  ];
  const before = started.collector.lostIn(SHOP.site).events;
  const answer = await started.post('/e', [
    SHOP.site,
    at,
    3,
    tuple,
    { ...viewed, id: `${visitor}.2`, visitor, at },
  ]);
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ accepted: 2 })]);
  expect(started.collector.lostIn(SHOP.site).events - before).toBe(3);
});

it.each([
  ['an empty list', [], 400, 'malformed'],
  ['a list of another site', ['nobody', 1, 0, [{}]], 400, 'unknown_site'],
  ['a list without events', [SHOP.site, 1, 0], 400, 'malformed'],
  ['a text', 'shop', 400, 'malformed'],
])('refuses %s by one clear sentence', async (_what, body, status, code) => {
  const answer = await started.post('/e', body);
  expect([answer.status, await answer.json()]).toEqual([
    status,
    { error: expect.objectContaining({ code, message: expect.stringMatching(/^[^.]+\.$/) }) },
  ]);
});
