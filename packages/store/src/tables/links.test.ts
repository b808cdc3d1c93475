import type { Identifier, Link } from '@throughline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { insertLinks, LINK_COLUMNS, linksOfVisitors } from './links.ts';
import { linksAround } from './links-around.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const wide = { rounds_max: 10, links_max: 1000 };
const user = (value: string): Identifier => ({ kind: 'user_id', value });
const email = (value: string): Identifier => ({ kind: 'email', value });

function link(
  event_id: string,
  visitor_id: string,
  identifiers: Identifier[],
  more: Partial<Link> = {},
): Link {
  return {
    site: 'shop',
    event_id,
    kind: 'identify',
    visitor_id,
    session_id: '',
    session_started_at: '2026-11-22T03:00:00.000Z',
    time: '2026-11-22T03:04:05.678Z',
    seq: 0,
    identifiers,
    traits: {},
    proven: true,
    source: 'tag',
    author: '',
    reason: '',
    target: '',
    segment: 'seg-1',
    ...more,
  };
}

const ids = (links: Link[]) => links.map((found) => found.event_id).sort();

test('a link comes back as it went in, once however often it was put', async () => {
  const full = link('full', 'v-full', [user("o'neil \\"), email('a'.repeat(64))], {
    traits: { name: 'Hoa "H" Nguyễn', 'plan.tier': 'gold' },
    proven: false,
    seq: 9,
    session_id: 's1',
  });
  for (let time = 0; time < 3; time += 1) await insertLinks(store, [full]);
  await insertLinks(store, []);
  expect(await linksOfVisitors(store, 'shop', ['v-full', 'v-unknown'])).toEqual([full]);
  expect(await linksOfVisitors(store, 'another', ['v-full'])).toEqual([]);
});

test('the columns of the table are the fields of a link', async () => {
  const sql =
    "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'links' ORDER BY position";
  expect((await store.query<{ name: string }>({ sql })).map(({ name }) => name)).toEqual(LINK_COLUMNS);
});

test('the links around a visitor reach everyone who shares an identifier, over any number of steps', async () => {
  const chain = ['a', 'b', 'c', 'd'].map((name, i) =>
    link(`chain-${name}`, `v-${name}`, [user(`n${i}`), user(`n${i + 1}`)]),
  );
  await insertLinks(store, [...chain, link('chain-other', 'v-other', [user('elsewhere')])]);
  await insertLinks(store, [link('chain-a', 'v-a', [user('n0'), user('n9')], { site: 'another' })]);
  const found = await linksAround(store, 'shop', { visitors: ['v-d'], identifiers: [] }, wide);
  expect(ids(found.links)).toEqual(['chain-a', 'chain-b', 'chain-c', 'chain-d']);
  expect(found.complete).toBe(true);
  const named = await linksAround(store, 'shop', { visitors: [], identifiers: [user('n2')] }, wide);
  expect(ids(named.links)).toEqual(ids(found.links));
});

test('the same value of another kind is another identifier', async () => {
  await insertLinks(store, [link('kind-1', 'v-k1', [user('same')]), link('kind-2', 'v-k2', [email('same')])]);
  const found = await linksAround(store, 'shop', { visitors: ['v-k1'], identifiers: [] }, wide);
  expect(ids(found.links)).toEqual(['kind-1']);
});

test("an operator's join is followed, and his cuts come with what they take back", async () => {
  const operator = { source: 'operator', author: 'op', reason: 'same household' };
  await insertLinks(store, [
    link('op-1', 'v-op1', [user('left')]),
    link('op-2', 'v-op2', [user('right')]),
    link('op-join', '', [user('left'), user('right')], { ...operator, kind: 'join' }),
    link('op-cut', '', [], { ...operator, kind: 'cut', target: 'op-join' }),
    link('op-uncut', '', [], { ...operator, kind: 'cut', target: 'op-cut' }),
    link('op-elsewhere', '', [user('far'), user('away')], { ...operator, kind: 'join' }),
    link('op-cut-elsewhere', '', [], { ...operator, kind: 'cut', target: 'op-elsewhere' }),
  ]);
  const found = await linksAround(store, 'shop', { visitors: ['v-op1'], identifiers: [] }, wide);
  expect(ids(found.links)).toEqual(['op-1', 'op-2', 'op-cut', 'op-join', 'op-uncut']);
  expect(found.complete).toBe(true);
});

test('a bound that is hit is told', async () => {
  const chain = Array.from({ length: 6 }, (_, i) =>
    link(`long-${i}`, `v-long${i}`, [user(`l${i}`), user(`l${i + 1}`)]),
  );
  await insertLinks(store, chain);
  const start = { visitors: ['v-long0'], identifiers: [] };
  expect(await linksAround(store, 'shop', start, { ...wide, rounds_max: 2 })).toMatchObject({
    complete: false,
  });
  expect(await linksAround(store, 'shop', start, { ...wide, links_max: 3 })).toMatchObject({
    complete: false,
  });
  expect((await linksAround(store, 'shop', start, wide)).links).toHaveLength(6);
});

test('nothing to start from finds nothing', async () => {
  const found = await linksAround(store, 'shop', { visitors: [''], identifiers: [] }, wide);
  expect(found).toEqual({ links: [], held: [], witness: [], complete: true });
});
