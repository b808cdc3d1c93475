import type { EventRow, OverviewView } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isVisit, ordersByDefinition } from '../order-reference.ts';
import { groupBy, insertShops, pickFrom, randomShop, seeded, testContext } from '../testing.ts';
import { runOverview } from './overview.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 10);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);
const NAMES = ['page_viewed', 'cart_added', 'order_completed', 'identify'];
/** Ho Chi Minh City's midnight lies three seconds into the crowded minute of `randomShop`. */
const MIDNIGHT_MS = Date.UTC(2026, 10, 1, 17);
const [BEFORE, AFTER] = ['2026-11-01', '2026-11-02'] as const;

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

it(`the overview equals its definition, counted by hand, on ${SHOPS} random shops`, async () => {
  const random = seeded(SEED);
  const pick = pickFrom(random);
  const shift = MIDNIGHT_MS - 3000 - Date.UTC(2026, 10, 1);
  const moved = (time: string) => new Date(Date.parse(time) + shift).toISOString();
  const shops = Array.from({ length: SHOPS }, (_, index) => {
    const shop = randomShop(`shop${index}`, random, NAMES);
    const owners = new Map(shop.events.map((event) => [event, shop.owner(event)]));
    for (const [place, event] of shop.events.entries()) {
      event.time = moved(event.time);
      // Of events of one moment any may be the first: here each has its own.
      event.seq = place;
      event.session_id = pick(['', event.session_id, event.session_id]);
      event.url = pick(['', 'https://shop.example/']);
      if (event.name !== 'order_completed') continue;
      event.order_id = pick(['', 'o1', 'o2']);
      event.total = pick([null, 10, 12.5]);
      event.currency = pick(['', 'EUR', 'USD']);
    }
    const assignments = (shop.assignments as { spans: { from: string }[] }[]).map((row) => ({
      ...row,
      spans: row.spans.map((span) => ({ ...span, from: moved(span.from) })),
    }));
    return { ...shop, assignments, owners };
  });
  await insertShops(store, shops);
  for (const { site, events, owners } of shops) {
    const context = testContext({ site, timezone: 'Asia/Ho_Chi_Minh' });
    const { other_currency_orders, robots, ...view } = await runOverview(store, context, {
      from: BEFORE,
      to: '2026-11-03',
    });
    const story = JSON.stringify(
      events.map((event) => [event.visitor_id, event.session_id, owners.get(event), event.time, event.name]),
    );
    expect({ ...view, channels: sorted(view.channels) }, story).toEqual(
      byDefinition(events, (event) => owners.get(event)!),
    );
  }
});

type Counted = Omit<OverviewView, 'other_currency_orders' | 'robots'>;

function byDefinition(events: EventRow[], owner: (event: EventRow) => string): Counted {
  const orders = ordersByDefinition(events, owner);
  const day = (event: EventRow) => (Date.parse(event.time) < MIDNIGHT_MS ? BEFORE : AFTER);
  const people = (some: EventRow[]) => new Set(some.map(owner)).size;
  const bought = (some: EventRow[]) => some.filter((event) => orders.has(event));
  const money = (some: EventRow[]) => bought(some).reduce((sum, event) => sum + orders.get(event)!, 0);
  const tells = (event: EventRow) =>
    isVisit(event) &&
    event.name !== 'identify' &&
    !(event.name === 'order_completed' && !orders.has(event)) &&
    event.channel !== '';
  const inOrder = events.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time) || a.seq - b.seq);
  const channelOf = (some: EventRow[]) => some.find(tells)?.channel ?? 'unassigned';
  const visits = [
    ...groupBy(
      inOrder.filter(isVisit),
      (event) => `${event.visitor_id}/${event.session_id || day(event)}`,
    ).values(),
  ];
  const persons = [...groupBy(inOrder, owner).values()];
  const channels = new Set([...visits, ...persons].map(channelOf));
  return {
    people: people(events),
    known_people: [...new Set(events.map(owner))].filter((id) => id.startsWith('p_')).length,
    visitors: new Set(events.map(({ visitor_id }) => visitor_id)).size,
    sessions: visits.length,
    events: events.length,
    buyers: people(bought(events)),
    orders: orders.size,
    revenue: money(events),
    currency: 'EUR',
    days: [BEFORE, AFTER].map((date) => {
      const here = events.filter((event) => day(event) === date);
      return {
        date,
        people: people(here),
        buyers: people(bought(here)),
        orders: bought(here).length,
        revenue: money(here),
      };
    }),
    channels: sorted(
      [...channels].map((channel) => {
        const here = persons.filter((own) => channelOf(own) === channel);
        return {
          channel,
          people: here.length,
          sessions: visits.filter((visit) => channelOf(visit) === channel).length,
          buyers: here.filter((own) => bought(own).length > 0).length,
          revenue: here.reduce((sum, own) => sum + money(own), 0),
        };
      }),
    ),
  };
}

const sorted = (channels: OverviewView['channels']) =>
  channels.toSorted((a, b) => (a.channel < b.channel ? -1 : 1));
