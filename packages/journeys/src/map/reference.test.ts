import type { EventRow, MapRequest } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isVisit, ordersByDefinition } from '../order-reference.ts';
import { stagesOf } from '../stages.ts';
import { groupBy, insertShops, median, pickFrom, randomShop, seeded, testContext } from '../testing.ts';
import { runMap } from './map.ts';
import { ANYBODY, comerByDefinition, type UnitByDefinition, unitByDefinition } from './reference.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 25);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);
const NAMES = [
  'page_viewed',
  'product_viewed',
  'cart_added',
  'order_completed',
  'rage_click',
  'survey_answered',
  'login',
  'identify',
];
const RETURN_PLACE = 7;

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

describe('the map equals its definition, walked by hand', () => {
  it(`on ${SHOPS} random shops`, { timeout: 600_000 }, async () => {
    const random = seeded(SEED);
    const pick = pickFrom(random);
    const shops = Array.from({ length: SHOPS }, (_, index) => {
      const shop = randomShop(`shop${index}`, random, NAMES);
      for (const event of shop.events) decorate(event, pick);
      return { ...shop, per: pick(['person', 'person', 'visitor', 'session'] as const) };
    });
    await insertShops(store, shops);
    for (const { site, events, owner, per } of shops) {
      const request: MapRequest = { from: '2026-11-01', to: '2026-11-02', per };
      const context = testContext({ site, settings: { stages: { login: 'return', search: '' } } });
      const view = await runMap(store, context, request);
      const expected = byDefinition(events, owner, per!, stagesOf(context.site));
      const got = {
        people: view.people,
        revenue: view.revenue,
        stages: view.stages.map(({ satisfaction, conversion_to_next, ...rest }) => ({
          ...rest,
          later: Math.round((conversion_to_next ?? 0) * rest.people),
          answers: satisfaction.answers,
          average: satisfaction.average,
          nps: satisfaction.nps,
        })),
        touchpoints: view.touchpoints
          .map(({ id, people, events, buyers, friction }) => [id, people, events, buyers, friction])
          .sort(),
        moves: view.moves
          .map(({ source, target, people, median_s }) => [source, target, people, median_s])
          .sort(),
        channels: view.channels
          .map(({ channel, people, buyers, revenue }) => [channel, people, buyers, revenue])
          .sort(),
        stitched: Math.round(view.stitched_share * view.people),
        without: view.without_stitching,
      };
      expect(got, JSON.stringify({ per, events: events.map(brief) })).toEqual(expected);
    }
  });
});

const brief = (event: EventRow) => [
  event.visitor_id,
  event.session_id,
  event.time,
  event.seq,
  event.name,
  event.channel,
  event.url,
  event.order_id,
];

function decorate(event: EventRow, pick: <T>(items: readonly T[]) => T): void {
  event.session_id = pick(['', event.session_id, event.session_id]);
  event.url = pick(['', '', 'https://shop.example/']);
  event.channel = pick([event.channel, event.channel, 'unassigned']);
  if (event.name === 'order_completed') {
    event.order_id = pick(['', 'o1', 'o2']);
    event.total = pick([null, 10, 12.5]);
    event.currency = pick(['', 'EUR', 'USD']);
    event.source = pick(['tag', 'server', 'webhook', 'import']);
    event.tax = pick([null, null, 2]);
  }
  if (event.name === 'survey_answered')
    event.properties = { score: pick(['0', '7', '9', '10', '11', 'good']) };
}

function byDefinition(
  all_events: EventRow[],
  owner: (event: EventRow) => string,
  per: string,
  stages: ReturnType<typeof stagesOf>,
) {
  const orders = ordersByDefinition(all_events, owner);
  const events = per === 'session' ? all_events.filter(isVisit) : all_events;
  const comer = per === 'person' ? comerByDefinition(events, orders, owner) : ANYBODY;
  const unit = (event: EventRow) =>
    per === 'person'
      ? owner(event)
      : per === 'visitor'
        ? event.visitor_id
        : `${event.visitor_id}/${event.session_id}`;
  const units = [...groupBy(events, unit).values()].map((own) =>
    unitByDefinition(own, orders, stages, comer),
  );
  const count = (holds: (unit: UnitByDefinition) => boolean) => units.filter(holds).length;
  const sum = (of: (unit: UnitByDefinition) => number) => units.reduce((total, one) => total + of(one), 0);
  const place = (stage: string) => stages.names.indexOf(stage);
  const all = <T>(of: (unit: UnitByDefinition) => Iterable<T>) => [
    ...new Set(units.flatMap((one) => [...of(one)])),
  ];
  return {
    people: units.length,
    revenue: sum(({ revenue }) => revenue),
    stages: stages.names.map((stage) => {
      const here = units.filter((one) => one.stages.has(stage));
      const answers = units.flatMap((one) => one.answers.filter((answer) => answer.stage === stage));
      const waits = here.flatMap((one) => {
        const { first_ms } = one.stages.get(stage)!;
        const later = [...one.stages].filter(
          ([other, at]) => place(other) > place(stage) && at.first_ms >= first_ms,
        );
        return later.length === 0 ? [] : [Math.min(...later.map(([, at]) => at.first_ms)) - first_ms];
      });
      const share =
        answers.filter(({ score }) => score >= 9).length - answers.filter(({ score }) => score <= 6).length;
      return {
        stage,
        people: here.length,
        events: here.reduce((total, one) => total + one.stages.get(stage)!.events, 0),
        leaks: count(({ leak }) => leak === stage),
        median_s_to_next: median(waits),
        friction: count(({ friction }) => friction.has(stage)),
        revenue: here.reduce((total, one) => total + one.stages.get(stage)!.revenue, 0),
        later:
          place(stage) === RETURN_PLACE - 1
            ? 0
            : here.filter((one) => [...one.stages.keys()].some((other) => place(other) > place(stage)))
                .length,
        answers: answers.length,
        average:
          answers.length === 0
            ? null
            : answers.reduce((total, { score }) => total + score, 0) / answers.length,
        nps: answers.length === 0 ? null : Math.round((share / answers.length) * 1000) / 10,
      };
    }),
    touchpoints: all(({ touchpoints }) => touchpoints.keys())
      .map((id) => {
        const here = units.filter(({ touchpoints }) => touchpoints.has(id));
        return [
          id,
          here.length,
          here.reduce((total, { touchpoints }) => total + touchpoints.get(id)!, 0),
          here.filter(({ buyer }) => buyer).length,
          count(({ friction_at }) => friction_at.has(id)),
        ];
      })
      .sort(),
    moves: [
      ...groupBy(
        units.flatMap(({ moves }) => moves),
        ({ source, target }) => `${source} ${target}`,
      ).values(),
    ]
      .map((same) => [same[0]!.source, same[0]!.target, same.length, median(same.map(({ ms }) => ms))])
      .sort(),
    channels: [...groupBy(units, ({ channel }) => channel)]
      .map(([channel, same]) => [
        channel,
        same.length,
        same.filter(({ buyer }) => buyer).length,
        same.reduce((total, { revenue }) => total + revenue, 0),
      ])
      .sort(),
    stitched: count(({ visitors }) => visitors > 1),
    without: {
      people: new Set(all_events.map(({ visitor_id }) => visitor_id)).size,
      buyers: new Set([...orders.keys()].map(({ visitor_id }) => visitor_id)).size,
    },
  };
}
