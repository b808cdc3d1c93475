import type { EventMatch } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunnel } from './funnel/funnel.ts';
import { runOverview } from './overview/overview.ts';
import { runPeople } from './people/people.ts';
import { assignmentRow, eventRow, products, testContext } from './testing.ts';

const context = testContext();
const DAY = { from: '2026-11-01', to: '2026-11-02' };
const at = (minute: number) => `2026-11-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  const order = { name: 'order_completed', order_id: '1001' } as const;
  await store.insert('events', [
    eventRow({ visitor_id: 'an', session_id: 's1', time: at(0), name: 'page_viewed', channel: 'email' }),
    // The page knows what was in the cart and rounds the total.
    eventRow({
      ...order,
      visitor_id: 'an',
      session_id: 's1',
      time: at(5),
      channel: 'email',
      source: 'tag',
      total: 100,
      currency: 'EUR',
      properties: { coupon: '', page: 'thanks' },
      ...products('tea'),
    }),
    // The shop's server knows the coupon and nothing of money.
    eventRow({
      ...order,
      visitor_id: 'srv',
      time: at(6),
      source: 'server',
      properties: { coupon: 'SPRING' },
    }),
    // The webhook knows all the money.
    eventRow({
      ...order,
      visitor_id: 'hook',
      time: at(7),
      source: 'webhook',
      total: 99.5,
      subtotal: 80,
      tax: 19.5,
      currency: 'EUR',
      properties: { coupon: 'spring-2026', warehouse: 'north' },
    }),
    // Another order, told once, and one whose page shows another currency than the books keep.
    eventRow({
      ...order,
      order_id: '1002',
      visitor_id: 'binh',
      session_id: 's2',
      time: at(9),
      total: 20,
      currency: 'EUR',
    }),
    eventRow({
      ...order,
      order_id: '1003',
      visitor_id: 'chi',
      session_id: 's3',
      time: at(10),
      total: 2_600_000,
      currency: 'VND',
    }),
    eventRow({
      ...order,
      order_id: '1003',
      visitor_id: 'hook',
      time: at(11),
      source: 'webhook',
      total: 100,
      tax: 7,
      currency: 'EUR',
    }),
    eventRow({ ...order, order_id: '1003', visitor_id: 'srv', time: at(12), source: 'server', shipping: 5 }),
  ]);
  await store.insert('assignments', [
    assignmentRow('an', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_an' }]),
  ]);
});
afterAll(() => store.close());

type Where = NonNullable<EventMatch['where']>[number];
const where = (property: string, op: Where['op'], value?: Where['value']): Where[] => [
  { property, op, ...(value === undefined ? {} : { value }) },
];
/** Who has an order for which this holds, through the funnel of one step. */
async function buyers(filters: Where[]): Promise<string[]> {
  const request = { ...DAY, steps: [{ event: 'order_completed', where: filters }] };
  const view = await runPeople(store, context, {
    of: { report: 'funnel', request, step: 1, state: 'reached' },
  });
  return view.people.map(({ id }) => id).sort();
}

describe('an order that was told more than once', () => {
  it('counts once, for the person of the visit, with the total of the richest telling', async () => {
    const view = await runOverview(store, context, DAY);
    expect(view).toMatchObject({ orders: 3, revenue: 219.5, buyers: 3, other_currency_orders: 0 });
    expect(view.channels.find(({ channel }) => channel === 'email')).toMatchObject({
      buyers: 1,
      revenue: 99.5,
    });
  });

  it.each<[string, Where[], string[]]>([
    ['the total of the richest', where('total', 'lt', 100), ['binh', 'p_an']],
    ['an amount that one telling has', where('tax', 'gte', 19), ['p_an']],
    ['an amount without a currency, taken as the order’s', where('shipping', 'eq', 5), ['chi']],
    ['a product that only the page tells', where('product_id', 'eq', 'tea'), ['p_an']],
    ['a property of the richest', where('properties.coupon', 'eq', 'spring-2026'), ['p_an']],
    ['no property of a poorer one beside it', where('properties.coupon', 'eq', 'SPRING'), []],
    ['a property that only the page tells', where('properties.page', 'exists'), ['p_an']],
    ['the channel of the telling that stands', where('channel', 'eq', 'email'), ['p_an']],
    ['the currency of the richest', where('currency', 'neq', 'EUR'), []],
    ['several at once', [...where('tax', 'exists'), ...where('properties.page', 'eq', 'thanks')], ['p_an']],
    ['what none of its tellings has', where('discount', 'exists'), []],
  ])('is asked for %s', async (_name, filters, expected) => {
    expect(await buyers(filters)).toEqual(expected);
  });

  it('falls under the value of the whole order in a breakdown', async () => {
    const view = await runFunnel(store, context, {
      ...DAY,
      steps: [{ event: 'order_completed' }],
      breakdown: { property: 'properties.warehouse' },
    });
    expect(view.breakdown?.map(({ value, steps }) => [value, steps[0]?.people])).toEqual([
      ['', 2],
      ['north', 1],
    ]);
  });

  it('makes nobody a buyer who only told it again', async () => {
    const ofSegment = async (segment: object) =>
      (await runPeople(store, context, { of: { report: 'everyone', request: { ...DAY, segment } } })).people
        .map(({ id }) => id)
        .sort();
    expect(await ofSegment({ did: [{ event: 'order_completed' }] })).toEqual(['binh', 'chi', 'p_an']);
    expect(await ofSegment({ where: where('tax', 'exists') })).toEqual(['chi', 'p_an']);
    expect(
      await ofSegment({ did: [{ event: 'order_completed', where: where('total', 'gt', 1000) }] }),
    ).toEqual([]);
  });
});
