import type { WireEvent } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import { BATCH_CHARS_MAX, createOutbox, EVENT_CHARS_MAX, OUTBOX_CHARS_MAX } from './outbox.ts';
import { testHost } from './testing/host.ts';
import { memoryShelf } from './testing/memory-shelf.ts';

const event = (id: string, properties = {}): WireEvent => ({
  id,
  name: 'n',
  at: 1,
  seq: 1,
  session: 's.1',
  properties,
});
const entry = { url: 'https://shop.example/' };
const MINUTE = 60_000;

function setUp() {
  const host = testHost({} as never);
  const shelf = memoryShelf();
  return { host, shelf, open: () => createOutbox(host, shelf, 'shop') };
}
const ids = (outbox: ReturnType<typeof createOutbox>) =>
  outbox.seal().map(({ events }) => events.map(({ id }) => id));

describe('the outbox', () => {
  it('puts a visitor’s events into one batch with the entry of their session', () => {
    const outbox = setUp().open();
    outbox.add('v', event('1'), entry);
    outbox.add('v', event('2'), entry);
    expect(outbox.seal()).toEqual([
      {
        site: 'shop',
        visitor: 'v',
        sent_at: 0,
        sessions: { 's.1': entry },
        events: [event('1'), event('2')],
      },
    ]);
  });

  it('begins a batch for another visitor, and when one is sealed', () => {
    const outbox = setUp().open();
    outbox.add('v', event('1'), entry);
    outbox.add('w', event('2'), entry);
    outbox.seal();
    outbox.add('w', event('3'), entry);
    expect(ids(outbox)).toEqual([['1'], ['2'], ['3']]);
  });

  it('keeps every batch of small events below what a keepalive request may carry', () => {
    const outbox = setUp().open();
    for (let n = 0; n < 100; n++) outbox.add('v', event(`${n}`, { text: 'ế'.repeat(990) }), entry);
    const bytes = outbox.seal().map((batch) => Buffer.byteLength(JSON.stringify(batch)));
    expect(bytes.length).toBeGreaterThan(1);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(BATCH_CHARS_MAX * 3);
    expect(ids(outbox).flat()).toHaveLength(100);
  });

  it('gives up the oldest batches above the cap and tells how many events that were', () => {
    const { open, shelf } = setUp();
    const outbox = open();
    for (let n = 0; n < 24; n++) outbox.add('v', event(`${n}`, { text: 'x'.repeat(9_900) }), entry);
    outbox.save();
    expect([...shelf.items.values()].every((text) => text.length <= OUTBOX_CHARS_MAX)).toBe(true);
    const kept = ids(outbox).flat();
    expect(kept.at(-1)).toBe('23');
    outbox.add('v', event('last'), entry);
    expect(outbox.seal().at(-1)!.lost).toBe(24 - kept.length);
    expect(24 - kept.length).toBeGreaterThan(0);
  });

  it('refuses one event that would push out all others, and counts it', () => {
    const { open, host } = setUp();
    const outbox = open();
    outbox.add('v', event('1'), entry);
    outbox.add('v', event('huge', { text: 'x'.repeat(EVENT_CHARS_MAX) }), entry);
    outbox.add('v', event('2'), entry);
    expect(ids(outbox)).toEqual([['1', '2']]);
    expect(outbox.seal()[0]!.lost).toBe(1);
    expect(host.warnings).toEqual(['event too large']);
  });

  it('leaves nothing in storage once everything has arrived', () => {
    const { open, shelf } = setUp();
    const outbox = open();
    outbox.add('v', event('1'), entry);
    outbox.save();
    expect(shelf.items.size).toBe(1);
    outbox.remove(outbox.seal()[0]!);
    outbox.save();
    expect(shelf.items.size).toBe(0);
  });

  it('hands what it released to the next page, once, ahead of that page’s own', () => {
    const { open } = setUp();
    const [left, next, later] = [open(), open(), open()];
    left.add('v', event('1'), entry);
    left.release();
    next.add('v', event('2'), entry);
    next.adopt();
    later.adopt();
    expect([ids(left), ids(next), ids(later)]).toEqual([[], [['1'], ['2']], []]);
  });

  it('takes its own back when it is the page that comes next', () => {
    const outbox = setUp().open();
    outbox.add('v', event('1'), entry);
    outbox.release();
    outbox.adopt();
    expect(ids(outbox)).toEqual([['1']]);
  });

  it('does not touch the queue of a page that is alive, and adopts that of one silent for ten minutes', () => {
    const { open, host } = setUp();
    const [busy, other] = [open(), open()];
    busy.add('v', event('1'), entry);
    busy.save();
    host.time += 9 * MINUTE;
    other.adopt();
    expect(ids(other)).toEqual([]);
    host.time += 1 * MINUTE;
    other.adopt();
    expect(ids(other)).toEqual([['1']]);
  });

  it('leaves another site’s queue alone', () => {
    const { open, host, shelf } = setUp();
    const theirs = createOutbox(host, shelf, 'another');
    theirs.add('v', event('1'), entry);
    theirs.release();
    const ours = open();
    ours.adopt();
    expect(ids(ours)).toEqual([]);
    expect(shelf.items.size).toBe(1);
  });

  it('throws away a queue that cannot be read', () => {
    const { open, shelf } = setUp();
    shelf.set('tl_q_shop_x', '{"at":0');
    shelf.set('tl_q_shop_y', 'null');
    const outbox = open();
    outbox.adopt();
    expect([ids(outbox), shelf.items.size]).toEqual([[], 0]);
  });

  it('keeps in memory what storage does not take', () => {
    const { open, shelf } = setUp();
    shelf.broken = true;
    const outbox = open();
    outbox.add('v', event('1'), entry);
    outbox.save();
    outbox.release();
    expect(ids(outbox)).toEqual([['1']]);
  });
});
