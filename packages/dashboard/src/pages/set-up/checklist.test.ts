import type { SeenEvents } from '@throughline/contract';
import { expect, it } from 'vitest';
import { checklist, folded, robotsIn } from './checklist.ts';

const row = (
  name: string,
  reader: string,
  last_seen: string,
  more: Partial<SeenEvents> = {},
): SeenEvents => ({
  name,
  reader,
  last_seen,
  source: 'tag',
  robot: false,
  events: 2,
  ...more,
});
const view = (seen: SeenEvents[]) => ({
  days: 28,
  latest_hours: 24,
  seen,
  latest: [],
  lost: { events: 0, since: '2026-11-22T00:00:00.000Z' },
});

it('lists what a shop wants to see although it was never seen', () => {
  expect(checklist(view([])).map(({ name, events, last_seen }) => [name, events, last_seen])).toEqual([
    ['page_viewed', 0, ''],
    ['search', 0, ''],
    ['product_viewed', 0, ''],
    ['cart_added', 0, ''],
    ['signup_completed', 0, ''],
    ['login', 0, ''],
    ['checkout_started', 0, ''],
    ['order_completed', 0, ''],
  ]);
  expect(robotsIn(view([]))).toEqual({ events: 0, last_seen: '' });
});

it('adds up the readers of a name, keeps robots apart, and puts the shop’s own names last', () => {
  const seen = view([
    row('page_viewed', 'page', '2026-11-21T12:00:00.000Z', { robot: true, events: 9 }),
    row('', 'api', '2026-11-21T11:00:00.000Z'),
    row('cart_added', 'datalayer', '2026-11-21T10:00:00.000Z'),
    row('cart_added', 'cart', '2026-11-20T10:00:00.000Z', { events: 5 }),
    row('cart_refused', 'cart', '2026-11-19T10:00:00.000Z'),
  ]);
  const list = checklist(seen);
  expect(list.find(({ name }) => name === 'cart_added')).toEqual({
    name: 'cart_added',
    events: 7,
    last_seen: '2026-11-21T10:00:00.000Z',
    by: [
      { source: 'tag', reader: 'datalayer' },
      { source: 'tag', reader: 'cart' },
    ],
  });
  expect(list.find(({ name }) => name === 'page_viewed')).toMatchObject({ events: 0, last_seen: '' });
  expect(list.slice(8).map(({ name }) => name)).toEqual(['cart_refused', '']);
  expect(robotsIn(seen)).toEqual({ events: 9, last_seen: '2026-11-21T12:00:00.000Z' });
});

it('folds what nobody waits for when it is much, but for adds that were refused', () => {
  const seen = (names: string[]) =>
    checklist(view(names.map((name) => row(name, 'page', '2026-11-21T10:00:00.000Z'))));
  const few = folded(seen(['page_engaged', 'rage_click', 'logout', '']));
  expect([few.first.length, few.rest.length]).toEqual([12, 0]);
  const many = folded(seen(['page_engaged', 'rage_click', 'logout', 'cart_refused', 'cart_viewed', '']));
  expect(many.first.map(({ name }) => name).slice(8)).toEqual(['cart_refused']);
  expect(many.rest.map(({ name }) => name)).toEqual([
    'page_engaged',
    'rage_click',
    'logout',
    'cart_viewed',
    '',
  ]);
});
