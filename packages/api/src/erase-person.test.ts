import type { Identifier, Link } from '@throughline/contract';
import { findCustomer, insertLinks, putAssignments, putCustomers } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_TOKEN, addShop, testApi } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await addShop(store, 'shop');
});
afterAll(() => store.close());

const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;

const identify = (event_id: string, visitor_id: string, hour: number, identifiers: Identifier[]): Link => ({
  site: 'shop',
  event_id,
  kind: 'identify',
  visitor_id,
  session_id: '',
  session_started_at: at(hour),
  time: at(hour),
  seq: 0,
  identifiers,
  traits: {},
  proven: true,
  source: 'tag',
  author: '',
  reason: '',
  target: '',
  segment: 'test',
});

const column = async (sql: string) =>
  (await store.query<{ value: string }>({ sql })).map(({ value }) => value);

it('takes away one person of a shared tablet and leaves the other one whole', async () => {
  const an: Identifier = { kind: 'user_id', value: 'an' };
  const binh: Identifier = { kind: 'user_id', value: 'binh' };
  const typo: Identifier = { kind: 'email', value: 'typo' };
  const events = [
    ['before', 'tablet', 8],
    ['an-1', 'tablet', 9],
    ['binh-1', 'tablet', 12],
    ['an-2', 'tablet', 15],
    ['an-3', 'phone', 10],
    ['stranger', 'other', 10],
  ] as const;
  await store.insert(
    'events',
    events.map(([event_id, visitor_id, hour]) => ({
      site: 'shop',
      event_id,
      visitor_id,
      time: at(hour),
      name: 'page_viewed',
    })),
  );
  // The same visitor and person on another site must not be touched.
  await store.insert('events', [
    { site: 'elsewhere', event_id: 'an-1', visitor_id: 'tablet', time: at(9), name: 'page_viewed' },
  ]);
  await insertLinks(store, [
    identify('l-an', 'tablet', 9, [an]),
    identify('l-binh', 'tablet', 12, [binh]),
    identify('l-phone', 'phone', 10, [an]),
    // What was cut, and why, speaks of the person too.
    { ...identify('cut-an', '', 11, []), kind: 'cut', target: 'l-phone', reason: 'An sold it' },
    { ...identify('uncut-an', '', 12, []), kind: 'cut', target: 'cut-an', reason: 'An has it still' },
    // An address that was taken back, so that An is not known by it any more.
    identify('l-typo', 'phone', 10, [typo]),
    { ...identify('cut-typo', '', 13, []), kind: 'cut', target: 'l-typo', reason: 'An mistyped it' },
    { ...identify('apart', 'phone', 10, []), kind: 'disown', target: at(10), reason: 'her sister' },
    { ...identify('not-apart', '', 14, []), kind: 'cut', target: 'apart', reason: 'An after all' },
    // Of a stranger: all that said who they are was taken back.
    identify('l-other', 'other', 10, [{ kind: 'email', value: 'chi' }]),
    { ...identify('cut-other', '', 11, []), kind: 'cut', target: 'l-other', reason: 'not Chi' },
  ]);
  const span = (hour: number, person_id: string) => ({
    from: at(hour),
    person_id,
    rule: 'identified_in_session' as const,
    evidence: '',
  });
  await putAssignments(
    store,
    [
      { site: 'shop', visitor_id: 'tablet', spans: [span(9, 'p_an'), span(12, 'p_binh'), span(15, 'p_an')] },
      { site: 'shop', visitor_id: 'phone', spans: [span(10, 'p_an')] },
    ],
    1,
  );
  const customer = { site: 'shop', traits: {}, first_identified_at: at(9), last_identified_at: at(15) };
  await putCustomers(
    store,
    [
      { ...customer, person_id: 'p_an', identifiers: [an] },
      { ...customer, person_id: 'p_binh', identifiers: [binh] },
    ],
    1,
  );

  const stitched: unknown[] = [];
  const { app } = testApi(store, {
    stitch: async (site, touched) => {
      stitched.push([site, touched.visitors.sort(), touched.identifiers]);
    },
  });
  const erase = (body: object) =>
    app.request('/api/sites/shop/erase', {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify(body),
    });

  const wrong = await erase({ person: 'tablet' });
  expect(wrong.status).toBe(409);
  const done = await erase({ identifier: an });
  expect(await done.json()).toEqual({ events: 3, visitors: 2 });

  expect(await column("SELECT event_id AS value FROM events WHERE site = 'shop' ORDER BY value")).toEqual([
    'before',
    'binh-1',
    'stranger',
  ]);
  expect(await column("SELECT event_id AS value FROM events WHERE site = 'elsewhere'")).toEqual(['an-1']);
  expect(await column('SELECT event_id AS value FROM links FINAL ORDER BY value')).toEqual([
    'cut-other',
    'l-binh',
    'l-other',
  ]);
  expect(await column('SELECT value FROM link_identifiers FINAL ORDER BY value')).toEqual(['binh', 'chi']);
  expect(await findCustomer(store, 'shop', 'p_an')).toBeUndefined();
  expect(await findCustomer(store, 'shop', 'p_binh')).toBeDefined();
  // What is left of the tablet is resolved anew.
  expect(stitched).toEqual([['shop', ['phone', 'tablet'], [an]]]);

  const stranger = await erase({ person: 'other' });
  expect(await stranger.json()).toEqual({ events: 1, visitors: 1 });
  expect(await column('SELECT event_id AS value FROM links FINAL')).toEqual(['l-binh']);
  expect(await column('SELECT value FROM link_identifiers FINAL')).toEqual(['binh']);
  for (const person of ['p_an', 'other', 'nosuch']) {
    const nobody = await erase({ person });
    expect(nobody.status).toBe(404);
    expect(await nobody.json()).toMatchObject({ error: { code: 'unknown_person' } });
  }
  expect((await erase({ identifier: { kind: 'shoe_size', value: '42' } })).status).toBe(400);
});
