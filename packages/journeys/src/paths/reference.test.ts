import type { EventRow, PathsRequest, PathsView } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupBy, insertShops, median, pickFrom, randomShop, seeded, testContext } from '../testing.ts';
import { runPaths } from './paths.ts';
import { pathByDefinition } from './reference.ts';

const SHOPS = Number(process.env.REFERENCE_SHOPS ?? 40);
const SEED = Number(process.env.REFERENCE_SEED ?? 20261122);

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

describe('paths equal their definition, tried by brute force', () => {
  it(`on ${SHOPS} random shops`, { timeout: 600_000 }, async () => {
    const random = seeded(SEED);
    const shops = Array.from({ length: SHOPS }, (_, index) => ({
      ...randomShop(`shop${index}`, random),
      request: randomRequest(random),
    }));
    await insertShops(store, shops);
    for (const { site, events, owner, request } of shops) {
      const view = await runPaths(store, testContext({ site }), request);
      expect(view, JSON.stringify(request)).toEqual(sorted(byDefinition(events, owner, request), view));
      for (const node of view.nodes) {
        const links = view.links.filter(
          ({ source, target }) => (node.step === 1 ? source : target) === node.id,
        );
        expect(links.reduce((sum, { people }) => sum + people, 0)).toBe(node.people);
      }
    }
  });
});

function randomRequest(random: () => number): PathsRequest {
  const pick = pickFrom(random);
  const match = {
    event: pick(['a', 'b']),
    ...pick([{}, { where: [{ property: 'path', op: 'eq' as const, value: '/1' }] }]),
  };
  return {
    from: '2026-11-01',
    to: '2026-11-02',
    depth: pick([2, 3, 5, 10]),
    nodes_per_step: pick([1, 2, 8]),
    per: pick(['person', 'person', 'visitor', 'session'] as const),
    window_s: pick([3, 10, 3600]),
    ...pick([{}, { start: match }, { end: match }]),
  };
}

function byDefinition(
  events: EventRow[],
  owner: (event: EventRow) => string,
  request: PathsRequest,
): PathsView {
  const anchor = request.start ?? request.end;
  const matches = (event: EventRow) =>
    !anchor || (event.name === anchor.event && (!anchor.where || event.path === '/1'));
  const unit = (event: EventRow) =>
    request.per === 'session'
      ? `${event.visitor_id}/${event.session_id}`
      : request.per === 'visitor'
        ? event.visitor_id
        : owner(event);
  const paths = [...groupBy(events, unit).values()]
    .map((own) => pathByDefinition(own, request, matches))
    .filter((path) => path.length > 0);
  const depth = request.depth!;
  const shown = Array.from({ length: depth }, (_, index) => {
    const names = groupBy(
      paths.flatMap((path) => path.slice(index, index + 1)),
      ([name]) => name,
    );
    return [...names]
      .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
      .slice(0, request.nodes_per_step)
      .map(([name]) => name);
  });
  const links = paths.flatMap((path) => {
    const ids = path.map(([name], index) => `${index + 1}:${shown[index]!.includes(name) ? name : 'other'}`);
    if (path.length < depth) ids.push(`${path.length + 1}:exit`);
    return ids.slice(1).map((target, index) => ({
      source: ids[index]!,
      target,
      wait: index + 1 < path.length ? Math.abs(path[index + 1]![1] - path[index]![1]) : undefined,
    }));
  });
  const grouped = [...groupBy(links, ({ source, target }) => `${source} ${target}`).values()].map((same) => ({
    source: same[0]!.source,
    target: same[0]!.target,
    people: same.length,
    median_s: median(same.map(({ wait }) => wait).filter((wait) => wait !== undefined)),
  }));
  const nodes = new Map<string, PathsView['nodes'][number]>();
  const add = (id: string, people: number) => {
    const [step, event] = id.split(':') as [string, string];
    nodes.set(id, {
      id,
      step: Number(step),
      event,
      label: event,
      people: (nodes.get(id)?.people ?? 0) + people,
    });
  };
  for (const { source, target, people } of grouped) {
    if (source.startsWith('1:')) add(source, people);
    add(target, people);
  }
  return { people: paths.length, nodes: [...nodes.values()], links: grouped };
}

/** The same view in the order of `like`; what `like` lacks comes last, so that it shows. */
function sorted(view: PathsView, like: PathsView): PathsView {
  const order = (ids: string[], id: string) => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  const nodeIds = like.nodes.map(({ id }) => id);
  const key = ({ source, target }: { source: string; target: string }) => `${source} ${target}`;
  const linkIds = like.links.map(key);
  return {
    people: view.people,
    nodes: view.nodes.toSorted((a, b) => order(nodeIds, a.id) - order(nodeIds, b.id)),
    links: view.links.toSorted((a, b) => order(linkIds, key(a)) - order(linkIds, key(b))),
  };
}
