import type { EventRow } from '@throughline/contract';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentRow, eventRow, testContext } from '../testing.ts';
import { runMap } from './map.ts';

const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

/** The map of a shop that these events happened in; `people` says whose each visitor is. */
async function mapOf(site: string, events: EventRow[], people: Record<string, string> = {}) {
  await store.insert(
    'events',
    events.map((event) => ({ ...event, site })),
  );
  await store.insert(
    'assignments',
    Object.entries(people).map(([visitor, person_id]) =>
      assignmentRow(visitor, [{ from: '2026-10-01T00:00:00.000Z', person_id }], site),
    ),
  );
  const view = await runMap(store, testContext({ site }), NOVEMBER);
  return {
    ...view,
    stage: (name: string) => view.stages.find(({ stage }) => stage === name)!,
    touchpointNames: view.touchpoints.map(({ id, people, events }) => [id, people, events]).sort(),
  };
}

const at = (day: number, time: string) => `2026-11-${String(day).padStart(2, '0')}T${time}:00.000Z`;
/** An event of a visit in a browser. */
const seen = (visit: string, time: string, name: string, more: Partial<EventRow> = {}) =>
  eventRow({ visitor_id: visit.split('/')[0]!, session_id: visit, channel: 'direct', time, name, ...more });
/** What a server tells on its own: no session, no page, no channel. */
const told = (visitor_id: string, time: string, name: string, more: Partial<EventRow> = {}) =>
  eventRow({ visitor_id, channel: 'unassigned', source: 'server', time, name, ...more });
const order = (order_id: string, total: number) => ({ order_id, total, currency: 'EUR' });

describe('the map', () => {
  it('follows one person over two browsers from the ad to the order', async () => {
    const map = await mapOf(
      'one',
      [
        seen('phone/1', at(1, '10:00'), 'page_viewed', { channel: 'paid_social' }),
        seen('phone/1', at(1, '10:02'), 'product_viewed', { channel: 'paid_social' }),
        seen('laptop/1', at(3, '20:00'), 'cart_added'),
        seen('laptop/1', at(3, '20:05'), 'checkout_started'),
        seen('laptop/1', at(3, '20:09'), 'order_completed', order('1001', 19.99)),
      ],
      { phone: 'p_1', laptop: 'p_1' },
    );
    expect(map.people).toBe(1);
    expect(map.touchpointNames).toEqual([
      ['aware/direct', 1, 1],
      ['aware/paid_social', 1, 1],
      ['cart/cart_added', 1, 1],
      ['checkout/checkout_started', 1, 1],
      ['consider/product_viewed', 1, 1],
      ['explore/page_viewed', 1, 1],
      ['purchase/order_completed', 1, 1],
    ]);
    expect(map.moves.map(({ source, target, median_s }) => [source, target, median_s]).sort()).toEqual([
      ['aware', 'explore', 0],
      ['cart', 'checkout', 5 * 60],
      ['checkout', 'purchase', 4 * 60],
      ['consider', 'cart', (2 * 24 + 10) * 3600 - 2 * 60],
      ['explore', 'consider', 2 * 60],
    ]);
    expect(map.stages.map(({ leaks }) => leaks)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(map.channels).toEqual([{ channel: 'paid_social', people: 1, buyers: 1, revenue: 19.99 }]);
    expect(map.stage('purchase').revenue).toBe(19.99);
    // Without stitching: the phone never bought.
    expect(map.stitched_share).toBe(1);
    expect(map.without_stitching).toEqual({ people: 2, buyers: 1 });
  });

  it('lets what a server tells neither arrive nor return', async () => {
    const map = await mapOf(
      'told',
      [
        seen('v/1', at(1, '10:00'), 'page_viewed'),
        seen('v/1', at(1, '10:05'), 'order_completed', order('1001', 20)),
        told('v', at(1, '10:06'), 'order_completed', order('1001', 20)),
        told('v', at(1, '10:07'), 'identify'),
        told('v', at(2, '09:00'), 'email_opened'),
        told('v', at(4, '09:00'), 'order_refunded', order('1001', 20)),
      ],
      { v: 'p_1' },
    );
    expect(map.touchpointNames).toEqual([
      ['aware/direct', 1, 1],
      ['aware/email_opened', 1, 1],
      ['explore/page_viewed', 1, 1],
      ['purchase/order_completed', 1, 1],
      // The refund is mapped to `return` by name.
      ['return/order_refunded', 1, 1],
    ]);
    expect(map.revenue).toBe(20);
  });

  it('says of an order told by the browser and by a server the same without stitching as per visitor', async () => {
    const map = await mapOf(
      'twice',
      [
        seen('phone/1', at(1, '10:00'), 'page_viewed'),
        // The server is the quicker one; the order is the laptop's all the same.
        told('api', at(2, '10:04'), 'order_completed', order('1001', 20)),
        seen('laptop/1', at(2, '10:05'), 'order_completed', order('1001', 20)),
        seen('stranger/1', at(2, '11:00'), 'order_completed', order('1002', 5)),
      ],
      { phone: 'p_1', laptop: 'p_1', api: 'p_1' },
    );
    expect(map.channels).toEqual([{ channel: 'direct', people: 2, buyers: 2, revenue: 25 }]);
    expect(map.without_stitching).toEqual({ people: 4, buyers: 2 });
    const alone = await runMap(store, testContext({ site: 'twice' }), { ...NOVEMBER, per: 'visitor' });
    expect(alone.channels).toEqual([
      { channel: 'direct', people: 3, buyers: 2, revenue: 25 },
      { channel: 'unassigned', people: 1, buyers: 0, revenue: 0 },
    ]);
    expect(alone.without_stitching).toEqual(map.without_stitching);
  });

  it('lets a visit to the store or a call arrive, though they have no session', async () => {
    const map = await mapOf('offline', [
      told('v', at(1, '10:00'), 'store_visit', { channel: 'store' }),
      told('w', at(1, '10:00'), 'support_contact', { channel: 'call' }),
    ]);
    expect(map.touchpointNames).toEqual([
      ['aware/call', 1, 1],
      ['aware/store', 1, 1],
      ['consider/support_contact', 1, 1],
      ['explore/store_visit', 1, 1],
    ]);
  });

  it('lets the first event that is not an identify stand for a visit that an identify began', async () => {
    const map = await mapOf('identified', [
      seen('v/1', at(1, '10:00'), 'identify', { channel: 'email' }),
      seen('v/1', at(1, '10:01'), 'product_viewed', { channel: 'email' }),
    ]);
    expect(map.touchpointNames).toEqual([
      ['aware/email', 1, 1],
      ['consider/product_viewed', 1, 1],
    ]);
  });

  it('counts a visit after the order and a second order as return, and their revenue there', async () => {
    const map = await mapOf('again', [
      seen('v/1', at(1, '10:00'), 'order_completed', order('1001', 20)),
      seen('v/1', at(1, '10:10'), 'page_viewed'),
      seen('v/2', at(9, '10:00'), 'page_viewed'),
      seen('v/2', at(9, '10:05'), 'order_completed', order('1002', 7.5)),
      seen('w/1', at(2, '10:00'), 'order_completed', order('1003', 10)),
    ]);
    expect(map.stage('purchase')).toMatchObject({ people: 2, events: 3, revenue: 30 });
    expect(map.stage('return')).toMatchObject({ people: 1, events: 2, revenue: 7.5 });
    expect(map.touchpointNames.filter(([id]) => String(id).startsWith('return/'))).toEqual([
      ['return/order_completed', 1, 1],
      ['return/page_viewed', 1, 1],
    ]);
    expect(map.revenue).toBe(37.5);
  });

  it('says where people leak: at the furthest stage that those who did not buy came to', async () => {
    const map = await mapOf('leaks', [
      seen('a/1', at(1, '10:00'), 'cart_added'),
      seen('a/1', at(1, '10:01'), 'page_viewed'),
      seen('b/1', at(1, '10:00'), 'cart_added'),
      seen('b/2', at(2, '10:00'), 'checkout_started'),
      seen('c/1', at(1, '10:00'), 'cart_added'),
      seen('c/1', at(1, '10:30'), 'order_completed', order('1', 5)),
    ]);
    const leaks = map.stages.filter((stage) => stage.leaks > 0);
    expect(leaks.map((stage) => [stage.stage, stage.leaks])).toEqual([
      ['cart', 1],
      ['checkout', 1],
    ]);
    // Two of three went on from the cart: after a day, and after half an hour.
    expect(map.stage('cart').conversion_to_next).toBe(2 / 3);
    expect(map.stage('cart').median_s_to_next).toBe((24 * 3600 + 30 * 60) / 2);
  });

  it('puts trouble where the visit was when it came', async () => {
    const map = await mapOf('trouble', [
      seen('a/1', at(1, '10:00'), 'page_viewed'),
      seen('a/1', at(1, '10:01'), 'checkout_started'),
      seen('a/1', at(1, '10:02'), 'error_seen'),
      seen('a/1', at(1, '10:03'), 'error_seen'),
      seen('b/1', at(1, '10:00'), 'page_viewed'),
      seen('b/1', at(1, '10:01'), 'rage_click'),
    ]);
    expect(map.stages.map(({ stage, friction }) => [stage, friction])).toEqual([
      ['aware', 0],
      ['explore', 1],
      ['consider', 0],
      ['cart', 0],
      ['checkout', 1],
      ['purchase', 0],
      ['return', 0],
    ]);
    const troubled = map.touchpoints.filter(({ friction }) => friction > 0);
    expect(troubled.map(({ id, friction }) => [id, friction]).sort()).toEqual([
      ['checkout/checkout_started', 1],
      ['explore/page_viewed', 1],
    ]);
  });

  it('gives an answer to the furthest stage reached before it', async () => {
    const answer = (visitor: string, score: string) =>
      seen(`${visitor}/1`, at(1, '11:00'), 'survey_answered', { properties: { score } });
    const bought = (visitor: string) =>
      seen(`${visitor}/1`, at(1, '10:00'), 'order_completed', order(visitor, 1));
    const map = await mapOf('answers', [
      ...['a', 'b', 'c', 'd'].map(bought),
      answer('a', '10'),
      answer('b', '9'),
      answer('c', '7'),
      answer('d', '3'),
      seen('e/1', at(1, '10:00'), 'page_viewed'),
      answer('e', '0'),
      answer('e', 'very good'),
    ]);
    // Two promoters and one detractor of four.
    expect(map.stage('purchase').satisfaction).toEqual({ answers: 4, people: 4, average: 29 / 4, nps: 25 });
    expect(map.stage('explore').satisfaction).toEqual({ answers: 1, people: 1, average: 0, nps: -100 });
    expect(map.stage('return').satisfaction).toEqual({ answers: 0, people: 0, average: null, nps: null });
  });
});
