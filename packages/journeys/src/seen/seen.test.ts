import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventRow, testContext } from '../testing.ts';
import { runSeen } from './seen.ts';
import { windowFor } from './statement.ts';

/** Asked at 2026-11-22T00:00:00Z. */
const context = testContext();
let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

it('of a site that nothing came from is empty', async () => {
  expect(await runSeen(store, context)).toEqual({ days: 28, latest_hours: 24, seen: [], latest: [] });
});

it('tells each name by who saw it, robots apart, and what is of no vocabulary together', async () => {
  await store.insert('events', [
    ...['2026-11-20T08:00:00.000Z', '2026-11-21T09:00:00.000Z'].map((time) =>
      eventRow({ visitor_id: 'v1', time, name: 'page_viewed', reader: 'page' }),
    ),
    eventRow({
      event_id: 'add',
      visitor_id: 'v1',
      time: '2026-11-21T09:00:05.000Z',
      name: 'cart_added',
      reader: 'cart,datalayer',
      host: 'shop.example',
      path: '/tea',
    }),
    eventRow({ visitor_id: 'v1', time: '2026-11-10T09:00:00.000Z', name: 'cart_added', reader: 'attribute' }),
    eventRow({ visitor_id: 'v1', time: '2026-11-19T09:00:00.000Z', name: 'cart_refused', reader: 'cart' }),
    eventRow({
      visitor_id: 'v1',
      time: '2026-11-18T09:00:00.000Z',
      name: 'order_completed',
      source: 'server',
      reader: 'track',
    }),
    eventRow({ visitor_id: 'v1', time: '2026-11-17T09:00:00.000Z', name: 'quiz_done', reader: 'api' }),
    eventRow({ visitor_id: 'v1', time: '2026-11-16T12:00:00.000Z', name: 'identify', reader: 'api' }),
    eventRow({ visitor_id: 'v1', time: '2026-11-16T09:00:00.000Z', name: 'quiz_begun', reader: 'api' }),
    eventRow({
      event_id: 'crawl',
      visitor_id: 'crawler',
      time: '2026-11-21T10:00:00.000Z',
      name: 'page_viewed',
      reader: 'page',
      is_bot: 1,
    }),
    // A day before the window, a clock far ahead, another shop.
    eventRow({ visitor_id: 'v1', time: '2026-10-24T00:00:00.000Z', name: 'login', reader: 'form' }),
    eventRow({ visitor_id: 'v1', time: '2026-11-22T02:00:00.000Z', name: 'login', reader: 'form' }),
    eventRow({ site: 'other', visitor_id: 'v1', time: '2026-11-21T09:00:00.000Z', name: 'search' }),
  ]);
  const { seen, latest } = await runSeen(store, context);
  const told = { source: 'tag', robot: false };
  expect(seen).toEqual([
    {
      ...told,
      name: 'page_viewed',
      reader: 'page',
      robot: true,
      events: 1,
      last_seen: '2026-11-21T10:00:00.000Z',
    },
    {
      ...told,
      name: 'cart_added',
      reader: 'cart,datalayer',
      events: 1,
      last_seen: '2026-11-21T09:00:05.000Z',
    },
    { ...told, name: 'page_viewed', reader: 'page', events: 2, last_seen: '2026-11-21T09:00:00.000Z' },
    { ...told, name: 'cart_refused', reader: 'cart', events: 1, last_seen: '2026-11-19T09:00:00.000Z' },
    {
      ...told,
      name: 'order_completed',
      source: 'server',
      reader: 'track',
      events: 1,
      last_seen: '2026-11-18T09:00:00.000Z',
    },
    { ...told, name: '', reader: 'api', events: 2, last_seen: '2026-11-17T09:00:00.000Z' },
    { ...told, name: 'identify', reader: 'api', events: 1, last_seen: '2026-11-16T12:00:00.000Z' },
    { ...told, name: 'cart_added', reader: 'attribute', events: 1, last_seen: '2026-11-10T09:00:00.000Z' },
  ]);
  expect(latest.map(({ event_id, time }) => [event_id, time])).toEqual([
    ['crawl', '2026-11-21T10:00:00.000Z'],
    ['add', '2026-11-21T09:00:05.000Z'],
    [expect.any(String), '2026-11-21T09:00:00.000Z'],
  ]);
  expect(latest[1]).toEqual({
    event_id: 'add',
    name: 'cart_added',
    source: 'tag',
    reader: 'cart,datalayer',
    robot: false,
    time: '2026-11-21T09:00:05.000Z',
    host: 'shop.example',
    path: '/tea',
  });
});

it.each([
  [0, 28, 24],
  [714_285, 28, 24],
  [714_286, 27, 24],
  [1_000_001, 19, 1],
  [10_000_000, 2, 1],
  [500_000_000, 1, 1],
])('looks back, of a shop with %s events a day, over %s days and %s hours', (events, days, latest_hours) => {
  expect(windowFor(events)).toEqual({ days, latest_hours });
});

it('is not crowded out by readers that a page invents', async () => {
  const own = testContext({ site: 'crowded' });
  await store.insert('events', [
    eventRow({
      site: 'crowded',
      visitor_id: 'v',
      time: '2026-11-20T00:00:00.000Z',
      name: 'login',
      reader: 'form',
    }),
    ...Array.from({ length: 60 }, (_, index) =>
      eventRow({
        site: 'crowded',
        visitor_id: 'v',
        time: '2026-11-21T00:00:00.000Z',
        name: 'search',
        reader: `invented-${index}`,
      }),
    ),
  ]);
  const { seen, latest } = await runSeen(store, own);
  expect(seen.filter(({ name }) => name === 'search').length).toBe(20);
  expect(seen.filter(({ name }) => name === 'login').length).toBe(1);
  expect(latest.length).toBe(15);
});
