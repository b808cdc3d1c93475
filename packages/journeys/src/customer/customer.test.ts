import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentRow, customerRow, eventRow, linkRow, products, testContext } from '../testing.ts';
import { runCustomer } from './customer.ts';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const context = testContext();

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await store.insert('events', [
    eventRow({
      event_id: 'e1',
      visitor_id: 'phone',
      session_id: 's1',
      time: '2026-11-01T10:00:00.000Z',
      name: 'page_viewed',
      channel: 'paid_search',
      utm_campaign: 'autumn',
      device: 'mobile',
      country: 'VN',
    }),
    eventRow({
      event_id: 'e2',
      visitor_id: 'phone',
      session_id: 's1',
      time: '2026-11-01T10:05:00.000Z',
      name: 'cart_added',
      ...products('tea', 'cup'),
    }),
    eventRow({
      event_id: 'e3',
      visitor_id: 'laptop',
      session_id: 's2',
      time: '2026-11-03T09:00:00.000Z',
      name: 'order_completed',
      order_id: 'o1',
      total: 19.99,
      currency: 'EUR',
      channel: 'direct',
    }),
    eventRow({
      event_id: 'e4',
      visitor_id: 'laptop',
      session_id: 's2',
      time: '2026-11-03T09:00:01.000Z',
      name: 'order_completed',
      order_id: 'o1',
      total: 19.99,
      currency: 'EUR',
      channel: 'direct',
    }),
    eventRow({
      event_id: 'e5',
      visitor_id: 'stranger',
      session_id: 's3',
      time: '2026-11-04T09:00:00.000Z',
      name: 'page_viewed',
      properties: { size: 'L' },
    }),
  ]);
  await store.insert('assignments', [
    assignmentRow('phone', [
      { from: '2026-10-01T00:00:00.000Z', person_id: 'p_1', rule: 'identified_later', evidence: 'l1' },
    ]),
    assignmentRow('laptop', [
      { from: '2026-11-03T08:00:00.000Z', person_id: 'p_1', rule: 'identified_in_session', evidence: 'l2' },
    ]),
  ]);
  await store.insert('links', [
    linkRow({
      event_id: 'l1',
      visitor_id: 'phone',
      time: '2026-11-02T10:00:00.000Z',
      identifiers: [{ kind: 'email', value: HASH }],
    }),
    linkRow({
      event_id: 'l2',
      visitor_id: 'laptop',
      time: '2026-11-03T08:59:00.000Z',
      identifiers: [
        { kind: 'user_id', value: 'u1' },
        { kind: 'email', value: HASH },
      ],
    }),
  ]);
  await store.insert('customers', [
    customerRow(
      'p_1',
      { name: 'Mai' },
      {
        identifiers: [
          { kind: 'user_id', value: 'u1' },
          { kind: 'email', value: HASH },
        ],
      },
    ),
    customerRow('p_old', {}, { gone: 1, successor: 'p_1' }),
  ]);
});
afterAll(() => store.close());

describe('a customer', () => {
  it('has the profile, the identifiers and an order told twice counted once', async () => {
    const view = await runCustomer(store, context, 'p_1');
    expect(view).toMatchObject({
      id: 'p_1',
      label: 'Mai',
      known: true,
      first_seen: '2026-11-01T10:00:00.000Z',
      last_seen: '2026-11-03T09:00:01.000Z',
      visitors: 2,
      sessions: 2,
      events: 4,
      orders: 1,
      revenue: 19.99,
      first_channel: 'paid_search',
      country: 'VN',
      traits: { name: 'Mai' },
    });
    expect(view.identifiers).toEqual([
      {
        kind: 'email',
        value: '9f86d081…',
        first_seen: '2026-11-02T10:00:00.000Z',
        last_seen: '2026-11-03T08:59:00.000Z',
      },
      {
        kind: 'user_id',
        value: 'u1',
        first_seen: '2026-11-03T08:59:00.000Z',
        last_seen: '2026-11-03T08:59:00.000Z',
      },
    ]);
  });

  it('has the sessions newest first, each with why it is theirs and its events in order', async () => {
    const { sessions_list } = await runCustomer(store, context, 'p_1');
    expect(
      sessions_list.map(({ session_id, why }) => [session_id, why.rule, why.evidence?.event_id]),
    ).toEqual([
      ['s2', 'identified_in_session', 'l2'],
      ['s1', 'identified_later', 'l1'],
    ]);
    expect(sessions_list[1]).toMatchObject({
      visitor_id: 'phone',
      started_at: '2026-11-01T10:00:00.000Z',
      ended_at: '2026-11-01T10:05:00.000Z',
      channel: 'paid_search',
      campaign: 'autumn',
      device: 'mobile',
      why: {
        evidence: {
          kind: 'identify',
          time: '2026-11-02T10:00:00.000Z',
          identifiers: [{ kind: 'email', value: '9f86d081…' }],
        },
      },
      events: [
        { event_id: 'e1', stage: 'explore', products: [] },
        {
          event_id: 'e2',
          stage: 'cart',
          products: [
            { product_id: 'tea', name: 'Product tea', price: 10, quantity: 1 },
            { product_id: 'cup', name: 'Product cup', price: 10, quantity: 1 },
          ],
        },
      ],
    });
  });

  it('is found by the id of a person that was joined into them and by their visitor', async () => {
    expect((await runCustomer(store, context, 'p_old')).id).toBe('p_1');
    expect((await runCustomer(store, context, 'laptop')).id).toBe('p_1');
  });

  it('may be a stranger, known by the visitor alone', async () => {
    expect(await runCustomer(store, context, 'stranger')).toMatchObject({
      id: 'stranger',
      label: '',
      known: false,
      events: 1,
      identifiers: [],
      sessions_list: [{ session_id: 's3', why: { rule: 'nobody' }, events: [{ properties: { size: 'L' } }] }],
    });
  });

  it('that nobody knows is 404', async () => {
    for (const id of ['p_0', 'ghost', `x' OR 1=1 --`]) {
      await expect(runCustomer(store, context, id)).rejects.toMatchObject({
        status: 404,
        problem: { code: 'not_found' },
      });
    }
    await expect(runCustomer(store, testContext({ site: 'other' }), 'p_1')).rejects.toMatchObject({
      status: 404,
    });
  });

  it('with many sessions comes page by page', async () => {
    const site = 'busy';
    await store.insert(
      'events',
      Array.from({ length: 120 }, (_, index) =>
        eventRow({
          site,
          visitor_id: 'v',
          session_id: `s${index}`,
          time: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
          name: 'page_viewed',
        }),
      ),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await runCustomer(store, testContext({ site }), 'v', { after });
      seen.push(...page.sessions_list.map(({ session_id }) => session_id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `s${119 - index}`));
  });

  it('refuses a cursor that was not given out', async () => {
    await expect(runCustomer(store, context, 'p_1', { after: 'nonsense' })).rejects.toMatchObject({
      problem: { code: 'bad_cursor', at: 'after' },
    });
  });
});
