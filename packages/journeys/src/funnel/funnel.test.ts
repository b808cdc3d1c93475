import type { EventRow, FunnelRequest } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentRow, customerRow, eventRow, products, testContext } from '../testing.ts';
import { runFunnel } from './funnel.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

type Told = [visitor: string, seconds: number, name: string, more?: Partial<EventRow>];
let shops = 0;

/** A shop of its own with these events, seconds counted from 2026-11-01T10:00Z. */
async function shop(events: Told[], assignments: [string, number, string][] = []) {
  shops += 1;
  const site = `shop${shops}`;
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 1, 10) + seconds * 1000).toISOString();
  await store.insert(
    'events',
    events.map(([visitor_id, seconds, name, more]) =>
      eventRow({ site, visitor_id, time: at(seconds), name, ...more }),
    ),
  );
  if (assignments.length > 0) {
    await store.insert(
      'assignments',
      assignments.map(([visitor, seconds, person_id]) =>
        assignmentRow(visitor, [{ from: at(seconds), person_id }], site),
      ),
    );
  }
  const funnel = (steps: (FunnelRequest['steps'][number] | string)[], more: Partial<FunnelRequest> = {}) =>
    runFunnel(store, testContext({ site }), {
      from: '2026-11-01',
      to: '2026-11-02',
      steps: steps.map((step) => (typeof step === 'string' ? { event: step } : step)),
      ...more,
    });
  const people = async (...args: Parameters<typeof funnel>) =>
    (await funnel(...args)).steps.map((step) => step.people);
  return { site, funnel, people };
}

describe('a funnel', () => {
  it('counts people, conversions and the median time between steps', async () => {
    const { funnel } = await shop([
      ['v1', 0, 'a'],
      ['v1', 10, 'b'],
      ['v2', 0, 'a'],
      ['v2', 20, 'b'],
      ['v3', 0, 'a'],
      ['v4', 5, 'b'],
    ]);
    expect(await funnel(['a', { event: 'b', label: 'Bought' }])).toEqual({
      steps: [
        {
          step: 1,
          label: 'a',
          people: 3,
          conversion_from_start: 1,
          conversion_from_previous: 1,
          median_s_from_previous: null,
        },
        {
          step: 2,
          label: 'Bought',
          people: 2,
          conversion_from_start: 2 / 3,
          conversion_from_previous: 2 / 3,
          median_s_from_previous: 15,
        },
      ],
      stitched_share: 0,
      without_stitching: {
        steps: [
          {
            step: 1,
            label: 'a',
            people: 3,
            conversion_from_start: 1,
            conversion_from_previous: 1,
            median_s_from_previous: null,
          },
          {
            step: 2,
            label: 'Bought',
            people: 2,
            conversion_from_start: 2 / 3,
            conversion_from_previous: 2 / 3,
            median_s_from_previous: null,
          },
        ],
      },
    });
  });

  it('joins a person’s visitors and says what rests on it', async () => {
    const { funnel } = await shop(
      [
        ['phone', 0, 'a'],
        ['laptop', 60, 'b'],
        ['other', 0, 'a'],
      ],
      [
        ['phone', -10, 'p_1'],
        ['laptop', -10, 'p_1'],
      ],
    );
    const view = await funnel(['a', 'b']);
    expect(view.steps.map(({ people }) => people)).toEqual([2, 1]);
    expect(view.without_stitching.steps.map(({ people }) => people)).toEqual([2, 0]);
    expect(view.stitched_share).toBe(0.5);
  });

  it('gives a shared tablet’s earlier events to whom they belong, not to who came later', async () => {
    const { funnel } = await shop(
      [
        ['tablet', 0, 'a'],
        ['tablet', 60, 'b'],
      ],
      [['tablet', 30, 'p_2']],
    );
    const view = await funnel(['a', 'b']);
    expect(view.steps.map(({ people }) => people)).toEqual([1, 0]);
    expect(view.without_stitching.steps.map(({ people }) => people)).toEqual([1, 1]);
  });

  it('never lets one event fill two steps', async () => {
    const { people } = await shop([
      ['v1', 0, 'a'],
      ['v2', 0, 'a'],
      ['v2', 0, 'a'],
      ['v3', 0, 'a'],
      ['v3', 9, 'a'],
    ]);
    expect(await people(['a', 'a'])).toEqual([3, 2]);
    expect(await people(['a', 'a', 'a'])).toEqual([3, 2, 0]);
    expect(await people(['a', 'a'], { order: 'any' })).toEqual([3, 2]);
  });

  it('takes an order told by the browser and by a server as the browser’s, once', async () => {
    const bought = { order_id: '1001', session_id: 's1' };
    const { funnel, people } = await shop(
      [
        ['laptop', 0, 'cart_added', { session_id: 's1' }],
        ['api', 9, 'order_completed', { order_id: '1001' }],
        ['laptop', 10, 'order_completed', bought],
        ['stranger', 0, 'cart_added', { session_id: 's1' }],
        ['stranger', 5, 'order_completed', { order_id: '1002', session_id: 's1' }],
        ['stranger', 6, 'order_completed', { order_id: '1003', session_id: 's1' }],
        ['stranger', 7, 'order_completed', { order_id: '1003' }],
      ],
      [
        ['laptop', -10, 'p_1'],
        ['api', -10, 'p_1'],
      ],
    );
    const orders = await funnel(['order_completed', 'order_completed']);
    expect(orders.steps.map((step) => step.people)).toEqual([2, 1]);
    expect(orders.without_stitching.steps.map((step) => step.people)).toEqual([2, 1]);
    const bought_from_cart = await funnel(['cart_added', 'order_completed']);
    expect(bought_from_cart.steps.map((step) => step.people)).toEqual([2, 2]);
    expect(bought_from_cart.steps[1]!.median_s_from_previous).toBe(7.5);
    expect(bought_from_cart.stitched_share).toBe(0);
    expect(await people(['cart_added', 'order_completed'], { per: 'visitor' })).toEqual([2, 2]);
    // Nor does the second telling end an attempt.
    const exclude = [{ event: 'order_completed' }];
    expect(await people([{ event: 'order_completed' }, 'order_completed'], { exclude })).toEqual([2, 1]);
  });

  it('takes events of one moment in either order, and of one millisecond by their sequence', async () => {
    const { people } = await shop([
      ['v1', 0, 'b'],
      ['v1', 0, 'a'],
      ['v2', 0, 'b', { seq: 1 }],
      ['v2', 0, 'a', { seq: 2 }],
      ['v3', 0, 'a', { seq: 1 }],
      ['v3', 0, 'b', { seq: 2 }],
    ]);
    expect(await people(['a', 'b'])).toEqual([3, 2]);
  });

  it('includes a last step exactly at the window and starts again after a first attempt that was too slow', async () => {
    const { people, funnel } = await shop([
      ['v1', 0, 'a'],
      ['v1', 60, 'b'],
      ['v2', 0, 'a'],
      ['v2', 60.001, 'b'],
      ['v3', 0, 'a'],
      ['v3', 100, 'a'],
      ['v3', 101, 'b'],
    ]);
    expect(await people(['a', 'b'], { window_s: 60 })).toEqual([3, 2]);
    expect((await funnel(['a', 'b'], { window_s: 60 })).steps[1]!.median_s_from_previous).toBe(30.5);
  });

  it('in strict order stops at another step’s event in between', async () => {
    const { people } = await shop([
      ['v1', 0, 'a'],
      ['v1', 1, 'c'],
      ['v1', 2, 'b'],
      ['v1', 3, 'c'],
      ['v2', 0, 'a'],
      ['v2', 1, 'x'],
      ['v2', 2, 'b'],
      ['v2', 3, 'c'],
    ]);
    expect(await people(['a', 'b', 'c'])).toEqual([2, 2, 2]);
    expect(await people(['a', 'b', 'c'], { order: 'strict' })).toEqual([2, 1, 1]);
  });

  it('ends an attempt at an excluded event inside its stretch only', async () => {
    const { people } = await shop([
      ['v1', 0, 'a'],
      ['v1', 1, 'b'],
      ['v1', 2, 'x'],
      ['v1', 3, 'c'],
      ['v2', 0, 'a'],
      ['v2', 1, 'b'],
      ['v2', 3, 'c'],
    ]);
    expect(await people(['a', 'b', 'c'], { exclude: [{ event: 'x' }] })).toEqual([2, 2, 1]);
    expect(await people(['a', 'b', 'c'], { exclude: [{ event: 'x', between: [1, 2] }] })).toEqual([2, 2, 2]);
  });

  it('lets an optional step be left out', async () => {
    const { funnel } = await shop([
      ['v1', 0, 'a'],
      ['v1', 1, 'b'],
      ['v1', 2, 'c'],
      ['v2', 0, 'a'],
      ['v2', 2, 'c'],
      ['v3', 0, 'a'],
    ]);
    const { steps } = await funnel(['a', { event: 'b', optional: true }, 'c']);
    expect(steps.map(({ people, conversion_from_previous }) => [people, conversion_from_previous])).toEqual([
      [3, 1],
      [1, 1 / 3],
      [2, 2 / 3],
    ]);
  });

  it('filters by properties of the event, its products and the person’s traits', async () => {
    const { site, people } = await shop(
      [
        ['v1', 0, 'a', { path: '/tea', properties: { size: '42' }, ...products('tea', 'cup') }],
        ['v2', 0, 'a', { path: '/Trà-xanh', total: 19.99, properties: { size: 'XL' } }],
      ],
      [['v1', -10, 'p_1']],
    );
    await store.insert('customers', [customerRow('p_1', { plan: 'gold' }, { site })]);
    const matching = async (property: string, op: string, value?: unknown) =>
      (await people([{ event: 'a', where: [{ property, op, value }] }] as FunnelRequest['steps']))[0];
    expect(await matching('path', 'eq', '/tea')).toBe(1);
    expect(await matching('path', 'contains', 'TRÀ')).toBe(1);
    expect(await matching('path', 'not_in', ['/tea', '/cup'])).toBe(1);
    expect(await matching('product_id', 'eq', 'cup')).toBe(1);
    expect(await matching('product_id', 'neq', 'cup')).toBe(1);
    expect(await matching('properties.size', 'gt', 41)).toBe(1);
    expect(await matching('properties.size', 'eq', 42)).toBe(1);
    expect(await matching('properties.colour', 'not_exists')).toBe(2);
    expect(await matching('total', 'eq', 19.99)).toBe(1);
    expect(await matching('total', 'lte', '19.98')).toBe(0);
    expect(await matching('traits.plan', 'eq', 'gold')).toBe(1);
    expect(await matching('traits.plan', 'neq', 'gold')).toBe(1);
  });

  it('is narrowed to a segment and broken down so that the parts add up', async () => {
    const { funnel } = await shop([
      ['v1', 0, 'a', { channel: 'email' }],
      ['v1', 1, 'b', { channel: 'direct' }],
      ['v2', 0, 'a', { channel: 'direct' }],
      ['v2', 5, 'refund'],
      ['v3', 0, 'a'],
    ]);
    const parts = async (more: Partial<FunnelRequest>) =>
      (await funnel(['a', 'b'], more)).breakdown!.map(({ value, steps }) => [
        value,
        ...steps.map(({ people }) => people),
      ]);
    expect(await parts({ breakdown: { property: 'channel' } })).toEqual([
      ['', 1, 0],
      ['direct', 1, 0],
      ['email', 1, 1],
    ]);
    expect(await parts({ breakdown: { property: 'channel', attribution: 'last' } })).toEqual([
      ['direct', 2, 1],
      ['', 1, 0],
    ]);
    expect(
      await parts({ breakdown: { property: 'channel' }, segment: { did_not: [{ event: 'refund' }] } }),
    ).toEqual([
      ['', 1, 0],
      ['email', 1, 1],
    ]);
    expect(
      await parts({ breakdown: { property: 'channel' }, segment: { did: [{ event: 'refund' }] } }),
    ).toEqual([['direct', 1, 0]]);
  });

  it('sees neither robots nor another site nor what is outside the range', async () => {
    const { site, people } = await shop([
      ['v1', 0, 'a', { is_bot: 1 }],
      ['v2', -36_000, 'a'],
      ['v3', -36_000.001, 'a'],
      ['v4', 50_400, 'a'],
    ]);
    await store.insert('events', [
      eventRow({ site: `${site}x`, visitor_id: 'v5', time: '2026-11-01T10:00:00.000Z', name: 'a' }),
    ]);
    expect(await people(['a'])).toEqual([1]);
  });

  it('of nobody is all zeros', async () => {
    const { funnel } = await shop([['v1', 0, 'z']]);
    const view = await funnel(['a', 'b'], { breakdown: { property: 'path' } });
    expect(view.steps.map(({ people, conversion_from_start }) => [people, conversion_from_start])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect([view.stitched_share, view.breakdown]).toEqual([0, []]);
  });
});
