import type { OverviewView } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMap } from './map/map.ts';
import { isVisit } from './order-reference.ts';
import { runOverview } from './overview/overview.ts';
import { runPeople } from './people/people.ts';
import {
  assignmentRow,
  eventRow,
  groupBy,
  insertShops,
  pickFrom,
  randomShop,
  seeded,
  testContext,
} from './testing.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 3);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);
const DAY = { from: '2026-11-01', to: '2026-11-02' };
const NAMES = ['page_viewed', 'product_viewed', 'cart_added', 'order_completed', 'identify'];

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/** The numbers of one overview that are told in two places. */
function withinOverview(view: OverviewView) {
  const by = (of: (channel: OverviewView['channels'][number]) => number) => sum(view.channels.map(of));
  return {
    people: by(({ people }) => people),
    buyers: by(({ buyers }) => buyers),
    sessions: by(({ sessions }) => sessions),
    revenue: [by(({ revenue }) => revenue), sum(view.days.map(({ revenue }) => revenue))],
    orders: sum(view.days.map(({ orders }) => orders)),
  };
}

describe('a visit that two people were in', () => {
  const site = 'shared';
  const context = testContext({ site });
  beforeAll(async () => {
    const seen = (minute: string, name: string, more: object = {}) =>
      eventRow({
        site,
        visitor_id: 'phone',
        session_id: 's1',
        time: `2026-11-01T08:${minute}:00.000Z`,
        channel: 'email',
        name,
        ...more,
      });
    await store.insert('events', [
      seen('00', 'page_viewed'),
      seen('02', 'signup_completed'),
      seen('03', 'identify'),
      seen('04', 'cart_added'),
      seen('05', 'order_completed', { order_id: 'o1', total: 20 }),
    ]);
    // The sign-up told an e-mail address, the identify a customer id and no address.
    await store.insert('assignments', [
      assignmentRow(
        'phone',
        [
          { from: '2025-11-01T00:00:00.000Z', person_id: 'p_address' },
          { from: '2026-11-01T08:03:00.000Z', person_id: 'p_c7' },
        ],
        site,
      ),
    ]);
  });

  it('is one visit in the overview and by channel, and one arrival on the map', async () => {
    const view = await runOverview(store, context, DAY);
    expect([view.people, view.sessions]).toEqual([2, 1]);
    expect(view.channels).toEqual([{ channel: 'email', people: 2, sessions: 1, buyers: 1, revenue: 20 }]);
    const { touchpoints, channels } = await runMap(store, context, DAY);
    expect(touchpoints.find(({ id }) => id === 'aware/email')).toMatchObject({ people: 1, events: 1 });
    expect(channels).toEqual([{ channel: 'email', people: 2, buyers: 1, revenue: 20 }]);
  });

  it('is one of a report per visit, and in the list of each of the two', async () => {
    expect(await runMap(store, context, { ...DAY, per: 'session' })).toMatchObject({
      people: 1,
      revenue: 20,
    });
    const { people } = await runPeople(store, context, { of: { report: 'everyone', request: DAY } });
    expect(people.map(({ id, sessions, first_channel }) => [id, sessions, first_channel])).toEqual([
      ['p_c7', 1, 'email'],
      ['p_address', 1, 'email'],
    ]);
  });

  it('is one visit of a segment that has one of the two', async () => {
    const segment = { did: [{ event: 'cart_added' }] };
    const view = await runOverview(store, context, { ...DAY, segment });
    expect(view.channels).toEqual([{ channel: 'email', people: 1, sessions: 1, buyers: 1, revenue: 20 }]);
    expect([view.people, view.sessions]).toEqual([1, 1]);
    const { touchpoints } = await runMap(store, context, { ...DAY, segment });
    expect(touchpoints.find(({ id }) => id === 'aware/email')).toMatchObject({ people: 1, events: 1 });
  });
});

describe('what only a server tells', () => {
  it('is no visit in any report, and its people and money are in all', async () => {
    const site = 'server';
    const context = testContext({ site });
    await store.insert('events', [
      eventRow({
        site,
        visitor_id: 'hook',
        time: '2026-11-01T08:00:00.000Z',
        name: 'order_completed',
        source: 'webhook',
        channel: 'unassigned',
        order_id: 'o1',
        total: 20,
      }),
    ]);
    const view = await runOverview(store, context, DAY);
    expect(view).toMatchObject({ people: 1, sessions: 0, revenue: 20 });
    expect(view.channels).toEqual([
      { channel: 'unassigned', people: 1, sessions: 0, buyers: 1, revenue: 20 },
    ]);
    expect(await runMap(store, context, { ...DAY, per: 'session' })).toMatchObject({ people: 0 });
    const { people } = await runPeople(store, context, { of: { report: 'everyone', request: DAY } });
    expect(people).toMatchObject([{ id: 'hook', sessions: 0, revenue: 20, first_channel: 'unassigned' }]);
  });
});

describe('one word is one number in every report', () => {
  it(`on ${SHOPS} random shops`, { timeout: 600_000 }, async () => {
    const random = seeded(SEED);
    const pick = pickFrom(random);
    const shops = Array.from({ length: SHOPS }, (_, index) => randomShop(`shop${index}`, random, NAMES));
    for (const [place, event] of shops.flatMap(({ events }) => events).entries()) {
      // Of events of one moment any may be the first: here each has its own.
      event.seq = place;
      event.session_id = pick(['', event.session_id, event.session_id]);
      event.url = pick(['', '', 'https://shop.example/']);
      if (event.name !== 'order_completed') continue;
      event.order_id = pick(['', 'o1', 'o2']);
      event.total = pick([null, 10, 12.5]);
    }
    await insertShops(store, shops);
    for (const { site, events, owner } of shops) {
      const context = testContext({ site });
      const story = JSON.stringify(
        events.map((event) => [event.visitor_id, event.session_id, owner(event), event.time, event.channel]),
      );
      for (const segment of [undefined, { did: [{ event: 'cart_added' }] }]) {
        const request = { ...DAY, ...(segment && { segment }) };
        const view = await runOverview(store, context, request);
        const { people, buyers, sessions, revenue, orders } = view;
        expect(withinOverview(view), story).toEqual({
          people,
          buyers,
          sessions,
          revenue: [revenue, revenue],
          orders,
        });

        const map = await runMap(store, context, request);
        expect([map.people, map.revenue], story).toEqual([people, revenue]);
        const withPeople = view.channels.filter((channel) => channel.people > 0);
        expect(map.channels.toSorted(byChannel), story).toEqual(
          withPeople.map(({ sessions, ...rest }) => rest).sort(byChannel),
        );
        const arrivals = map.touchpoints.filter(({ kind }) => kind === 'channel');
        const told = view.channels.filter(({ channel }) => channel !== 'unassigned');
        expect(arrivals.map(({ name, events }) => [name, events]).sort(), story).toEqual(
          told.flatMap(({ channel, sessions }) => (sessions > 0 ? [[channel, sessions]] : [])).sort(),
        );
        if (segment) continue;
        const perVisit = await runMap(store, context, { ...request, per: 'session' });
        expect(perVisit.people, story).toBe(sessions);

        const of = { report: 'everyone', request };
        const list = (await runPeople(store, context, { of, limit: 100 })).people;
        const inList = groupBy(list, ({ first_channel }) => first_channel);
        expect(
          [...inList].map(([channel, some]) => [channel, some.length]).sort(),
          `first channels ${story}`,
        ).toEqual(withPeople.map(({ channel, people }) => [channel, people]).sort());
        const ofVisits = groupBy(
          events.filter(isVisit),
          ({ visitor_id, session_id }) => `${visitor_id}/${session_id}`,
        );
        const more = sum([...ofVisits.values()].map((visit) => new Set(visit.map(owner)).size - 1));
        expect(
          {
            people: list.length,
            events: sum(list.map((person) => person.events)),
            orders: sum(list.map((person) => person.orders)),
            revenue: sum(list.map((person) => person.revenue)),
            buyers: list.filter((person) => person.orders > 0).length,
            sessions: sum(list.map((person) => person.sessions)) - more,
          },
          story,
        ).toEqual({ people, events: view.events, orders, revenue, buyers, sessions });
      }
    }
  });
});

const byChannel = (a: { channel: string }, b: { channel: string }) => (a.channel < b.channel ? -1 : 1);
