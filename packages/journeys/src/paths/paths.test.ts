import type { EventRow, PathsRequest } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentRow, eventRow, testContext } from '../testing.ts';
import { runPaths } from './paths.ts';

const context = testContext();

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  const at = (day: number, time: string) => `2026-11-0${day}T${time}:00.000Z`;
  const event = (visitor_id: string, time: string, name: string, more: Partial<EventRow> = {}) =>
    eventRow({ visitor_id, session_id: `${visitor_id} on ${time.slice(0, 10)}`, time, name, ...more });
  await store.insert('events', [
    // Mai: on the phone, and two days later on the laptop.
    event('phone', at(1, '10:00'), 'page_viewed'),
    event('phone', at(1, '10:01'), 'page_viewed'),
    event('phone', at(1, '10:04'), 'product_viewed'),
    event('laptop', at(3, '10:04'), 'cart_added'),
    event('laptop', at(3, '10:05'), 'identify'),
    event('laptop', at(3, '10:06'), 'order_completed', { order_id: '1' }),
    event('laptop', at(3, '10:08'), 'page_viewed'),
    event('laptop', at(3, '10:09'), 'order_completed', { order_id: '1', session_id: '', source: 'webhook' }),
    // Two strangers.
    event('an', at(1, '12:00'), 'page_viewed'),
    event('an', at(1, '12:10'), 'product_viewed'),
    event('binh', at(1, '12:00'), 'page_viewed'),
    event('binh', at(1, '12:01'), 'search'),
  ]);
  await store.insert('assignments', [
    assignmentRow('phone', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_mai' }]),
    assignmentRow('laptop', [{ from: '2026-10-01T00:00:00.000Z', person_id: 'p_mai' }]),
  ]);
});
afterAll(() => store.close());

/** Nodes as `id: people`, links as `source > target: people, median seconds`. */
async function paths(more: Partial<PathsRequest>) {
  const { people, nodes, links } = await runPaths(store, context, {
    from: '2026-11-01',
    to: '2026-11-30',
    ...more,
  });
  return {
    people,
    nodes: nodes.map((node) => `${node.id}: ${node.people}`),
    links: links.map((link) => `${link.source} > ${link.target}: ${link.people}, ${link.median_s}`),
  };
}

describe('paths', () => {
  it('go per person over browsers and days; a repeated event is one step, and those who stop exit', async () => {
    expect(await paths({ depth: 4 })).toEqual({
      people: 3,
      nodes: [
        '1:page_viewed: 3',
        '2:product_viewed: 2',
        '2:search: 1',
        '3:cart_added: 1',
        '3:exit: 2',
        '4:order_completed: 1',
      ],
      links: [
        '1:page_viewed > 2:product_viewed: 2, 420', // 4 and 10 minutes
        '1:page_viewed > 2:search: 1, 60',
        '2:product_viewed > 3:cart_added: 1, 172800',
        '2:product_viewed > 3:exit: 1, null',
        '2:search > 3:exit: 1, null',
        '3:cart_added > 4:order_completed: 1, 120',
      ],
    });
  });

  it('leave out who somebody is, and an order that was counted already', async () => {
    expect(await paths({ start: { event: 'cart_added' }, depth: 5 })).toEqual({
      people: 1,
      nodes: ['1:cart_added: 1', '2:order_completed: 1', '3:page_viewed: 1', '4:exit: 1'],
      links: [
        '1:cart_added > 2:order_completed: 1, 120',
        '2:order_completed > 3:page_viewed: 1, 120',
        '3:page_viewed > 4:exit: 1, null',
      ],
    });
  });

  it('go backward from an end, which is step 1', async () => {
    expect(await paths({ end: { event: 'order_completed' }, depth: 3 })).toEqual({
      people: 1,
      nodes: ['1:order_completed: 1', '2:cart_added: 1', '3:product_viewed: 1'],
      links: ['1:order_completed > 2:cart_added: 1, 120', '2:cart_added > 3:product_viewed: 1, 172800'],
    });
  });

  it('end at the window and gather rare events in `other`', async () => {
    expect(await paths({ depth: 3, nodes_per_step: 1, window_s: 3600 })).toEqual({
      people: 3,
      nodes: ['1:page_viewed: 3', '2:product_viewed: 2', '2:other: 1', '3:exit: 3'],
      links: [
        '1:page_viewed > 2:product_viewed: 2, 420',
        '1:page_viewed > 2:other: 1, 60',
        '2:product_viewed > 3:exit: 2, null',
        '2:other > 3:exit: 1, null',
      ],
    });
  });

  it('per visitor are not stitched', async () => {
    const { people, nodes } = await paths({ per: 'visitor', depth: 2 });
    expect(people).toBe(4);
    expect(nodes).toEqual([
      '1:page_viewed: 3',
      '1:cart_added: 1',
      '2:product_viewed: 2',
      '2:order_completed: 1',
      '2:search: 1',
    ]);
  });
});
