import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNames } from '../names/names.ts';
import { assignmentRow, customerRow, eventRow, testContext } from '../testing.ts';
import { runOverview } from './overview.ts';

const context = testContext({ timezone: 'Asia/Ho_Chi_Minh' });

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  const order = { name: 'order_completed', order_id: 'o1', currency: 'EUR' };
  await store.insert('events', [
    eventRow({
      visitor_id: 'phone',
      session_id: 's1',
      time: '2026-11-01T16:59:59.000Z',
      name: 'page_viewed',
      channel: 'email',
      properties: { size: 'L' },
    }),
    eventRow({
      visitor_id: 'laptop',
      session_id: 's2',
      time: '2026-11-01T17:00:00.000Z',
      name: 'page_viewed',
      channel: 'direct',
    }),
    eventRow({
      ...order,
      visitor_id: 'laptop',
      session_id: 's2',
      time: '2026-11-01T18:00:00.000Z',
      total: 20,
      channel: 'direct',
    }),
    eventRow({
      ...order,
      visitor_id: 'webhook',
      time: '2026-11-01T17:59:00.000Z',
      total: 25.5,
    }),
    eventRow({
      ...order,
      visitor_id: 'stranger',
      session_id: 's3',
      time: '2026-11-01T19:00:00.000Z',
      order_id: '',
      currency: 'USD',
      total: 99,
    }),
    ...['2026-11-01T18:00:00.000Z', '2026-11-01T18:05:00.000Z'].map((time) =>
      eventRow({
        visitor_id: 'crawler',
        session_id: 's9',
        time,
        name: 'page_viewed',
        is_bot: 1,
        url: 'https://x/',
      }),
    ),
    eventRow({
      visitor_id: 'crawler',
      session_id: 's10',
      time: '2026-11-09T00:00:00.000Z',
      name: 'page_viewed',
      is_bot: 1,
    }),
  ]);
  await store.insert('assignments', [
    assignmentRow('phone', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_1' }]),
    assignmentRow('laptop', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_1' }]),
  ]);
  await store.insert('customers', [
    customerRow('p_1', { plan: 'gold' }),
    customerRow('p_2', { old: 'x' }, { gone: 1 }),
  ]);
});
afterAll(() => store.close());

describe('the overview', () => {
  it('counts an order told twice once, for the known person and at its largest total, and visits only', async () => {
    expect(await runOverview(store, context, { from: '2026-11-01', to: '2026-11-04' })).toEqual({
      people: 3,
      known_people: 1,
      visitors: 4,
      sessions: 3,
      events: 5,
      buyers: 2,
      orders: 2,
      revenue: 25.5,
      currency: 'EUR',
      // The stranger's, in USD.
      other_currency_orders: 1,
      // Beside all the other numbers, not in them.
      robots: { events: 2, visits: 1 },
      days: [
        { date: '2026-11-01', people: 1, buyers: 0, orders: 0, revenue: 0 },
        { date: '2026-11-02', people: 3, buyers: 2, orders: 2, revenue: 25.5 },
        { date: '2026-11-03', people: 0, buyers: 0, orders: 0, revenue: 0 },
      ],
      channels: [
        { channel: 'unassigned', people: 2, sessions: 1, buyers: 1, revenue: 0 },
        { channel: 'email', people: 1, sessions: 1, buyers: 1, revenue: 25.5 },
        { channel: 'direct', people: 0, sessions: 1, buyers: 0, revenue: 0 },
      ],
    });
  });

  it('is narrowed to a segment', async () => {
    const segment = { where: [{ property: 'traits.plan', op: 'eq', value: 'gold' }] };
    expect(
      await runOverview(store, context, { from: '2026-11-01', to: '2026-11-04', segment }),
    ).toMatchObject({ people: 1, visitors: 2, orders: 1 });
  });

  it('of a range without events is all zeros', async () => {
    expect(await runOverview(store, context, { from: '2026-01-01', to: '2026-01-02' })).toMatchObject({
      people: 0,
      revenue: 0,
      channels: [],
      days: [{ date: '2026-01-01', people: 0 }],
    });
  });
});

describe('the names for menus', () => {
  it('are the events by number, the events’ properties and the known people’s traits', async () => {
    expect(await runNames(store, context)).toEqual({
      events: [
        { name: 'order_completed', events: 3 },
        { name: 'page_viewed', events: 2 },
      ],
      properties: ['size'],
      traits: ['plan'],
    });
  });
});
