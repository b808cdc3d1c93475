import type { FunnelRequest, MapRequest, PathsRequest, PeopleOf } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFunnel } from '../funnel/funnel.ts';
import { runMap } from '../map/map.ts';
import { runOverview } from '../overview/overview.ts';
import { runPaths } from '../paths/paths.ts';
import {
  assignmentRow,
  customerRow,
  eventRow,
  insertShops,
  pickFrom,
  randomShop,
  seeded,
  testContext,
} from '../testing.ts';
import { runPeople } from './people.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 1);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);
const DAY = { from: '2026-11-01', to: '2026-11-02' };
const NAMES = [
  'page_viewed',
  'product_viewed',
  'cart_added',
  'order_completed',
  'rage_click',
  'survey_answered',
];

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

describe('the people behind a number', () => {
  it('are as many as the number says, for every number of every report', { timeout: 600_000 }, async () => {
    const random = seeded(SEED);
    const pick = pickFrom(random);
    const shops = Array.from({ length: SHOPS }, (_, index) => randomShop(`shop${index}`, random, NAMES));
    for (const event of shops.flatMap(({ events }) => events)) {
      event.session_id = pick(['', event.session_id, event.session_id]);
      if (event.name === 'order_completed') event.order_id = pick(['', 'o1', 'o2']);
      if (event.name === 'survey_answered') event.properties = { score: pick(['3', '9', 'good']) };
    }
    await insertShops(store, shops);
    for (const { site } of shops) {
      const context = testContext({ site });
      const per = pick(['person', 'visitor', 'session'] as const);
      const numbers = [
        ...(await funnelNumbers(context, { ...DAY, per, ...pick(FUNNELS) })),
        ...(await pathsNumbers(context, { ...DAY, per, depth: 3, nodes_per_step: 2 })),
        ...(await mapNumbers(context, { ...DAY, per })),
        ...(await overviewNumbers(context)),
      ];
      for (const { of, number } of numbers) {
        const { total, people } = await runPeople(store, context, { of });
        expect({ of, total, listed: people.length }).toEqual({ of, total: number, listed: number });
      }
    }
  });

  it('come seen last first, page by page, each once, whoever comes back meanwhile', async () => {
    const site = 'paged';
    const seen = (visitor_id: string, time: string, received_at = time) =>
      eventRow({ site, visitor_id, time, received_at, name: 'a' });
    await store.insert('events', [
      seen('va', '2026-11-01T10:00:00.000Z'),
      seen('vb', '2026-11-01T12:00:00.000Z'),
      seen('vc', '2026-11-01T11:00:00.000Z'),
      seen('vd', '2026-11-01T11:00:00.000Z'),
      // Seen after the range too: the order is by what the list shows as last seen.
      seen('ve', '2026-11-01T09:00:00.000Z'),
      seen('ve', '2026-11-05T09:00:00.000Z'),
    ]);
    await store.insert('assignments', [
      assignmentRow('ve', [{ from: '2026-11-01T00:00:00.000Z', person_id: 'p_1' }], site),
    ]);
    const context = testContext({ site });
    const of = { report: 'everyone', request: DAY };
    const first = await runPeople(store, context, { of, limit: 2 });
    await store.insert('events', [seen('va', '2026-11-22T00:00:00.000Z', '2026-11-22T00:00:01.000Z')]);
    const later = { ...context, now: new Date('2026-11-22T00:01:00Z') };
    const second = await runPeople(store, later, { of, limit: 2, after: first.next });
    const third = await runPeople(store, later, { of, limit: 2, after: second.next });
    expect([first, second, third].map(({ people }) => people.map(({ id }) => id))).toEqual([
      ['p_1', 'vb'],
      ['vc', 'vd'],
      ['va'],
    ]);
    expect([first.total, second.total, third.total, third.next]).toEqual([5, 5, 5, undefined]);
    expect((await runPeople(store, later, { of })).people.map(({ id }) => id)).toEqual([
      'va',
      'p_1',
      'vb',
      'vc',
      'vd',
    ]);
  });

  it.each(['nonsense', '', Buffer.from('1 2').toString('base64url')])(
    'refuse the cursor %j that was not given out',
    async (after) => {
      const of = { report: 'everyone', request: DAY };
      await expect(runPeople(store, testContext(), { of, after })).rejects.toMatchObject({
        status: 400,
        problem: { code: 'bad_cursor', at: 'after' },
      });
    },
  );

  it('are found by a trait, by a hashed e-mail address and by their id', async () => {
    const site = 'searched';
    const visitors = ['v1', 'v2', 'v3'];
    await store.insert(
      'events',
      visitors.map((visitor_id) =>
        eventRow({ site, visitor_id, time: '2026-11-01T10:00:00.000Z', name: 'a' }),
      ),
    );
    await store.insert('assignments', [
      assignmentRow('v1', [{ from: '2026-11-01T00:00:00.000Z', person_id: 'p_1' }], site),
      assignmentRow('v2', [{ from: '2026-11-01T00:00:00.000Z', person_id: 'p_2' }], site),
    ]);
    // SHA-256 of mai@shop.example
    const hash = 'f7461e4896ba2e78c4fcf6bd7054fa603d4f5e2c4dc8522eb47c5f564ad3705a';
    await store.insert('customers', [
      customerRow('p_1', { name: 'Mai Tran' }, { site }),
      customerRow(
        'p_2',
        {},
        {
          site,
          identifiers: [
            { kind: 'email', value: hash },
            { kind: 'user_id', value: 'u-77' },
          ],
        },
      ),
    ]);
    const search = async (text: string) =>
      (
        await runPeople(store, testContext({ site }), {
          of: { report: 'everyone', request: DAY },
          search: text,
        })
      ).people.map(({ id, label }) => [id, label]);
    expect(await search('mai t')).toEqual([['p_1', 'Mai Tran']]);
    expect(await search(' Mai@Shop.example')).toEqual([['p_2', 'u-77']]);
    expect(await search('U-7')).toEqual([['p_2', 'u-77']]);
    expect(await search('v3')).toEqual([['v3', '']]);
    expect(await search('nobody')).toEqual([]);
  });
});

const FUNNELS: Pick<FunnelRequest, 'steps' | 'order' | 'breakdown'>[] = [
  {
    steps: [{ event: 'page_viewed' }, { event: 'cart_added', optional: true }, { event: 'order_completed' }],
    breakdown: { property: 'channel' },
  },
  { steps: [{ event: 'page_viewed' }, { event: 'page_viewed' }, { event: 'product_viewed' }], order: 'any' },
];

interface Numbered {
  of: PeopleOf;
  number: number;
}

async function funnelNumbers(
  context: ReturnType<typeof testContext>,
  request: FunnelRequest,
): Promise<Numbered[]> {
  const view = await runFunnel(store, context, request);
  const required = (step: number) =>
    view.steps.slice(0, step - 1).findLast((_, index) => !request.steps[index]!.optional)!;
  return view.steps.flatMap(({ step, people }) => [
    { of: { report: 'funnel', request, step, state: 'reached' }, number: people },
    ...(step > 1
      ? [
          {
            of: { report: 'funnel' as const, request, step, state: 'dropped' as const },
            number: required(step).people - people,
          },
        ]
      : [
          {
            of: { report: 'funnel' as const, request, step, state: 'reached' as const, stitched: true },
            number: Math.round(view.stitched_share * people),
          },
        ]),
    ...(view.breakdown ?? []).map(({ value, steps }) => ({
      of: { report: 'funnel' as const, request, step, state: 'reached' as const, breakdown_value: value },
      number: steps[step - 1]!.people,
    })),
  ]);
}

async function pathsNumbers(
  context: ReturnType<typeof testContext>,
  request: PathsRequest,
): Promise<Numbered[]> {
  const { people, nodes, links } = await runPaths(store, context, request);
  return [
    { of: { report: 'paths', request }, number: people },
    ...nodes.map((node) => ({
      of: { report: 'paths' as const, request, node: node.id },
      number: node.people,
    })),
    ...links.map((link) => ({
      of: { report: 'paths' as const, request, link: { source: link.source, target: link.target } },
      number: link.people,
    })),
  ];
}

async function overviewNumbers(context: ReturnType<typeof testContext>): Promise<Numbered[]> {
  const request = { from: '2026-10-31', to: '2026-11-02' };
  const view = await runOverview(store, context, request);
  const of = (what: 'people' | 'known' | 'buyers', more: { channel?: string; date?: string } = {}) =>
    ({ report: 'overview', request, what, ...more }) as const;
  return [
    { of: { report: 'everyone', request }, number: view.people },
    { of: of('people'), number: view.people },
    { of: of('known'), number: view.known_people },
    { of: of('buyers'), number: view.buyers },
    ...view.days.flatMap(({ date, people, buyers }) => [
      { of: of('people', { date }), number: people },
      { of: of('buyers', { date }), number: buyers },
    ]),
    ...view.channels.flatMap(({ channel, people, buyers }) => [
      { of: of('people', { channel }), number: people },
      { of: of('buyers', { channel }), number: buyers },
    ]),
  ];
}

async function mapNumbers(context: ReturnType<typeof testContext>, request: MapRequest): Promise<Numbered[]> {
  const view = await runMap(store, context, request);
  const of = (more: object) => ({ report: 'map', request, ...more }) as PeopleOf;
  return [
    { of: of({}), number: view.people },
    { of: of({ stitched: true }), number: Math.round(view.stitched_share * view.people) },
    ...view.stages.flatMap(({ stage, people, leaks, friction, satisfaction }) => [
      { of: of({ stage, answers: true }), number: satisfaction.people },
      { of: of({ stage }), number: people },
      { of: of({ stage, leaks: true }), number: leaks },
      { of: of({ stage, friction: true }), number: friction },
    ]),
    ...view.touchpoints.flatMap(({ id, people, buyers, friction }) => [
      { of: of({ touchpoint: id }), number: people },
      { of: of({ touchpoint: id, buyers: true }), number: buyers },
      { of: of({ touchpoint: id, friction: true }), number: friction },
    ]),
    ...view.moves.map(({ source, target, people }) => ({
      of: of({ move: { source, target } }),
      number: people,
    })),
    ...view.channels.flatMap(({ channel, people, buyers }) => [
      { of: of({ channel }), number: people },
      { of: of({ channel, buyers: true }), number: buyers },
    ]),
  ];
}
