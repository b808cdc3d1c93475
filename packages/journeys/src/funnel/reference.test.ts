import type { EventMatch, EventRow, Filter, FunnelRequest } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isVisit, wholeOrders } from '../order-reference.ts';
import {
  groupBy,
  insertShops,
  median,
  pickFrom,
  products,
  RANDOM_DAY_MS,
  randomShop,
  seeded,
  testContext,
} from '../testing.ts';
import { runFunnel } from './funnel.ts';
import { planOf } from './plan.ts';
import { furthest, type Mark, timesByDefinition } from './reference.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 60);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

describe('the funnel equals its definition, tried by brute force', () => {
  it(`on ${SHOPS} random shops with every option`, { timeout: 600_000 }, async () => {
    const random = seeded(SEED);
    const shops = Array.from({ length: SHOPS }, (_, index) => {
      const names = pickFrom(random)([
        ['a', 'b', 'c', 'x'],
        ['a', 'b', 'order_completed', 'x'],
      ]);
      const shop = randomShop(`shop${index}`, random, names);
      for (const event of shop.events) decorate(event, random);
      return { ...shop, request: randomRequest(random, names) };
    });
    await insertShops(store, shops);
    for (const { site, events, owner, request } of shops) {
      const view = await runFunnel(store, testContext({ site }), request);
      const expected = byDefinition(events, owner, request);
      const got = {
        people: view.steps.map(({ people }) => people),
        medians: view.steps.map((step) => step.median_s_from_previous),
        without: view.without_stitching.steps.map(({ people }) => people),
        stitched: Math.round(view.stitched_share * (view.steps[0]?.people ?? 0)),
        breakdown: view.breakdown
          ?.map(({ value, steps }) => [value, ...steps.map(({ people }) => people)])
          .sort(),
      };
      expect(got, JSON.stringify({ request, events: events.map(brief) })).toEqual(expected);
    }
  });
});

/** Tellings of a few orders, by a visit and by a server. */
function decorate(event: EventRow, random: () => number): void {
  if (event.name !== 'order_completed') return;
  const pick = pickFrom(random);
  event.order_id = pick(['', 'o1', 'o2', 'o3']);
  event.source = pick(['tag', 'tag', 'server', 'webhook']);
  event.total = pick([null, 10, 20]);
  event.currency = pick(['', 'EUR', 'USD']);
  event.tax = pick([null, null, 2]);
  event.properties = pick<Record<string, string>>([{}, { coupon: 'A' }, { coupon: 'B' }]);
  Object.assign(event, pick([{}, products('tea'), products('pot')]));
  if (random() < 0.4) Object.assign(event, { session_id: '', channel: '' });
}

const brief = ({
  visitor_id,
  session_id,
  time,
  seq,
  name,
  path,
  channel,
  order_id,
  source,
  total,
  currency,
  tax,
  properties,
  'products.product_id': products,
}: EventRow) => [
  visitor_id,
  session_id,
  time,
  seq,
  name,
  path,
  channel,
  order_id,
  source,
  total,
  currency,
  tax,
  properties,
  products,
];

function randomRequest(random: () => number, names: readonly string[]): FunnelRequest {
  const pick = pickFrom(random);
  const path = () => [{ property: 'path', op: 'eq' as const, value: pick(['/1', '/2']) }];
  const ofOrder = () =>
    pick([
      [{ property: 'total', op: 'gte' as const, value: 20 }],
      [{ property: 'currency', op: 'neq' as const, value: 'EUR' }],
      [{ property: 'properties.coupon', op: 'eq' as const, value: 'A' }, ...path()],
      [{ property: 'product_id', op: 'not_exists' as const }],
    ]);
  const match = () => {
    const event = pick(names.slice(0, 3));
    const where = random() < 0.3 ? path() : event === 'order_completed' && random() < 0.7 ? ofOrder() : [];
    return { event, where };
  };
  const order = pick(['ordered', 'ordered', 'strict', 'any'] as const);
  const steps = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => ({
    ...(random() < 0.2 ? { any_of: [match(), match()] } : match()),
    ...(index > 0 && random() < 0.25 ? { optional: true } : {}),
  }));
  const required = steps.map((_, index) => index + 1).filter((step) => !('optional' in steps[step - 1]!));
  const stretch = order !== 'any' && required.length > 1 && random() < 0.6;
  const first = Math.floor(random() * (required.length - 1));
  const between: [number, number] = [
    required[first]!,
    required[first + 1 + Math.floor(random() * (required.length - first - 1))]!,
  ];
  return {
    from: '2026-11-01',
    to: '2026-11-02',
    steps,
    order,
    per: pick(['person', 'person', 'person', 'visitor', 'session'] as const),
    window_s: pick([2, 5, 10, 3600]),
    ...(random() < 0.4
      ? { exclude: [{ event: pick(['x', 'x', 'b', names[2]!]), ...(stretch ? { between } : {}) }] }
      : {}),
    ...(random() < 0.3
      ? {
          breakdown: {
            property: pick(['channel', 'channel', 'properties.coupon', 'total']),
            ...pick([{}, { attribution: 'last' as const }, { attribution: 'step' as const, step: 1 }]),
          },
        }
      : {}),
  };
}

function holds(event: EventRow, { property, value }: Filter): boolean {
  if (property === 'path') return event.path === value;
  if (property === 'total') return event.total !== null && event.total >= 20;
  if (property === 'currency') return event.currency !== 'EUR';
  if (property === 'product_id') return event['products.product_id'].length === 0;
  return event.properties['coupon'] === 'A';
}

function byDefinition(events: EventRow[], owner: (event: EventRow) => string, request: FunnelRequest) {
  const plan = planOf(request);
  const fits = (event: EventRow, { event: name, where = [] }: EventMatch) =>
    event.name === name && where.every((filter) => holds(event, filter));
  const mark = (event: EventRow): Mark & { event: EventRow } => ({
    key: (Date.parse(event.time) - RANDOM_DAY_MS) * 2 ** 20 + event.seq,
    mask: [
      ...plan.steps.map(({ matches }, index) => (matches.some((one) => fits(event, one)) ? 2 ** index : 0)),
      ...plan.excludes.map(({ match }, index) => (fits(event, match) ? 2 ** (20 + index) : 0)),
    ].reduce((sum, bit) => sum + bit, 0),
    event,
  });
  const orders = wholeOrders(events, owner);
  const marks = events
    .flatMap((event) => (event.name === 'order_completed' ? (orders.get(event) ?? []) : event))
    .map(mark)
    .filter(({ mask, event }) => mask !== 0 && (plan.per !== 'session' || isVisit(event)));
  const visitor = ({ event }: { event: EventRow }) => event.visitor_id;
  const unit = {
    person: ({ event }: { event: EventRow }) => owner(event),
    visitor,
    session: ({ event }: { event: EventRow }) => `${event.visitor_id}/${event.session_id}`,
  }[plan.per];
  const units = [...groupBy(marks, unit).values()].map((own) => ({
    own,
    times: timesByDefinition(plan, own),
    parts: [...groupBy(own, visitor).values()].map((part) => furthest(timesByDefinition(plan, part))),
  }));
  const count = (lists: number[][]) =>
    plan.steps.map((_, index) => lists.filter((times) => times[index]! >= 0).length);
  const alone =
    plan.per === 'person'
      ? [...groupBy(marks, visitor).values()].map((own) => timesByDefinition(plan, own))
      : units.map(({ times }) => times);
  const property = request.breakdown?.property;
  const touched = ({ event }: { event: EventRow }) =>
    property === 'total'
      ? String(event.total ?? '')
      : property === 'channel'
        ? event.channel
        : (event.properties['coupon'] ?? '');
  const value = (own: (Mark & { event: EventRow })[]) => {
    const { attribution, step } = plan.breakdown!;
    const bits = attribution === 'step' ? 2 ** (step - 1) : 2 ** 20 - 1;
    const touches = own
      .filter((one) => one.mask & bits && touched(one) !== '')
      .sort((a, b) => a.key - b.key || (touched(a) < touched(b) ? -1 : 1));
    const last = touches.at(attribution === 'last' ? -1 : 0);
    return last ? touched(last) : '';
  };
  return {
    people: count(units.map(({ times }) => times)),
    medians: plan.steps.map((_, index) =>
      index === 0 ? null : median(units.map(({ times }) => times[index]!).filter((time) => time >= 0)),
    ),
    without: count(alone),
    stitched: units.filter(({ times, parts }) => furthest(times) > Math.max(...parts)).length,
    breakdown:
      plan.breakdown &&
      [...groupBy(units, ({ own }) => value(own))]
        .map(([name, list]) => [name, ...count(list.map(({ times }) => times))])
        .filter(([, first]) => first !== 0)
        .sort(),
  };
}
