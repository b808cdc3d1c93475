// @vitest-environment happy-dom
import type { WireEntry, WireEvent } from '@throughline/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Options } from './options.ts';
import { createRecorder } from './recorder.ts';
import { createSessions } from './session.ts';
import type { Sighting } from './sighting.ts';
import { setAddress } from './testing/address.ts';
import { NOON, testHost } from './testing/host.ts';
import { memoryShelf } from './testing/memory-shelf.ts';
import { createVisitor } from './visitor.ts';

const OPTIONS: Options = { site: 'shop', endpoint: 'https://c.example/e' };
const seen = (name: string, more: Partial<Sighting> = {}): Sighting => ({ name, reader: 'api', ...more });

function setUp() {
  const host = testHost(window as never);
  const shelf = memoryShelf();
  const added: { visitor: string; event: WireEvent; entry: WireEntry }[] = [];
  const outbox = {
    add: (visitor: string, event: WireEvent, entry: WireEntry) => added.push({ visitor, event, entry }),
  };
  const open = () =>
    createRecorder(host, OPTIONS, {
      visitor: createVisitor(host, shelf),
      sessions: createSessions(host, shelf),
      outbox: outbox as never,
    });
  return { host, shelf, added, open, recorder: open() };
}

describe('the recorder', () => {
  beforeEach(() => {
    setAddress(window, 'https://shop.example/p/1?utm_source=ad&token=1');
    document.title = 'Shoe';
    Object.defineProperty(document, 'referrer', {
      value: 'https://search.example/?q=shoe',
      configurable: true,
    });
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
  });

  it('touches no storage until it settles', () => {
    const { recorder, shelf } = setUp();
    recorder.record(seen('a'));
    expect(shelf.items.size).toBe(0);
    recorder.settle();
    expect([...shelf.items.keys()].sort()).toEqual(['tl_s', 'tl_v']);
  });

  it('gives an event the time and the place at which it was seen, not those of settling', () => {
    const { recorder, host, added } = setUp();
    recorder.record(seen('a'));
    recorder.fixTitles();
    host.time += 5_000;
    setAddress(window, 'https://shop.example/cart');
    document.title = 'Cart';
    recorder.settle();
    expect(added[0]!.event).toMatchObject({
      name: 'a',
      at: NOON,
      url: 'https://shop.example/p/1?utm_source=ad',
      title: 'Shoe',
    });
  });

  it('copies properties, so that the page may go on changing them', () => {
    const { recorder, added } = setUp();
    const properties = { items: [{ sku: 'a' }] };
    recorder.record(seen('a', { properties }));
    properties.items[0]!.sku = 'b';
    recorder.settle();
    expect(added[0]!.event.properties).toEqual({ items: [{ sku: 'a' }] });
  });

  it('lets the document’s first event bring its session in, with landing page and referrer', () => {
    const { recorder, added } = setUp();
    recorder.record(seen('a'));
    recorder.settle();
    expect(added[0]!.entry).toEqual({
      url: 'https://shop.example/p/1?utm_source=ad',
      referrer: 'https://search.example/?q=shoe',
    });
  });

  it('counts no campaign twice when somebody returns to an open tab after the session has ended', () => {
    const { recorder, host, added } = setUp();
    recorder.record(seen('a'));
    recorder.settle();
    host.time += 31 * 60_000;
    recorder.record(seen('b'));
    recorder.settle();
    expect(added[1]!.event.session).not.toBe(added[0]!.event.session);
    expect(added[1]!.entry).toEqual({ url: 'https://shop.example/p/1' });
  });

  it('tells the same identity once a session', () => {
    const { recorder, host, added, open } = setUp();
    const known = seen('identify', { identity: { user_id: '7', traits: { plan: 'a' } } });
    const changed = seen('identify', { identity: { user_id: '7', traits: { plan: 'b' } } });
    for (const sighting of [known, known, changed]) recorder.record(sighting);
    recorder.settle();
    const nextPage = open();
    nextPage.record(changed);
    nextPage.settle();
    host.time += 31 * 60_000;
    nextPage.record(changed);
    nextPage.settle();
    expect(added.map(({ event }) => event.identity!.traits!['plan'])).toEqual(['a', 'b', 'b']);
  });

  it('keeps no identity readable in the session', () => {
    const { recorder, shelf } = setUp();
    recorder.record(
      seen('identify', { identity: { user_id: 'customer-7', traits: { email: 'a@b.example' } } }),
    );
    recorder.settle();
    expect(shelf.get('tl_s')).not.toMatch(/customer-7|a@b/);
  });

  it('ends the visitor with a visitor’s last event', () => {
    const { recorder, added } = setUp();
    for (const sighting of [seen('a'), seen('logout', { last: true }), seen('b')]) recorder.record(sighting);
    recorder.settle();
    const [a, logout, b] = added;
    expect(logout!.visitor).toBe(a!.visitor);
    expect(b!.visitor).not.toBe(a!.visitor);
    expect(b!.event.session).not.toBe(a!.event.session);
    expect([a, logout, b].map((each) => each!.event.seq)).toEqual([1, 2, 1]);
    expect(logout!.event).not.toHaveProperty('last');
  });

  it('holds everything back while the page is only prepared', () => {
    const { recorder, added, shelf } = setUp();
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    recorder.record(seen('a'));
    recorder.settle();
    expect([added.length, shelf.items.size]).toEqual([0, 0]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    recorder.settle();
    expect(added).toHaveLength(1);
  });
});
