import { type Store, StoreError } from '@throughline/store';
import type { TestStore } from '@throughline/store/testing';
import { describe, expect, it } from 'vitest';
import { ownSites } from './testing/own-site.ts';
import { startCollector } from './testing/start.ts';
import { through } from './testing/through.ts';

let store: TestStore;
let site: string;
let headers: Record<string, string>;
ownSites((own) => {
  ({ store, site, headers } = own);
});

const track = (messageId: string, more: object = {}) => ({
  type: 'track',
  event: 'Song Played',
  messageId,
  userId: 'u1',
  ...more,
});
/** Of a year that no clock is off by. */
const LATE = { timestamp: '2199-01-01T00:00:00Z' };

/** The store, refusing every block of events that holds the word. */
const refusing = (word: string): Store =>
  through(store, {
    insertBlock: async (table, block, options) => {
      if (table === 'events' && block.bytes.includes(word))
        throw new StoreError('Cannot parse input.', { code: 27, ambiguous: false });
      await store.insertBlock(table, block, options);
    },
  });

describe('what became of one event', () => {
  it('is told while it waits, when it is stored, when it was set aside, refused, and never seen', async () => {
    let away = true;
    const patchy = refusing('poison');
    const moody = through(patchy, {
      insertBlock: async (table, block, options) => {
        if (away) throw new StoreError('away', { ambiguous: false });
        await patchy.insertBlock(table, block, options);
      },
    });
    const { collector, post, end } = await startCollector(moody);
    const sent = [track('m1'), track('poison1'), track('late', LATE)];
    await post('/v1/batch', { batch: sent }, headers);
    expect(await collector.messageOf(site, 'm1')).toMatchObject({ event_id: 'm1', outcome: 'waiting' });
    away = false;
    await collector.settled();
    expect(await collector.messageOf(site, 'm1')).toMatchObject({
      outcome: 'stored',
      stored: { name: 'Song Played', source: 'server' },
      refused: [],
    });
    expect(await collector.messageOf(site, 'poison1')).toMatchObject({
      outcome: 'set_aside',
      set_aside: { reason: 'Cannot parse input.' },
    });
    expect(await collector.messageOf(site, 'late')).toMatchObject({
      outcome: 'refused',
      refused: [{ reason: 'bad_time', at: 'at' }],
    });
    expect(await collector.messageOf(site, 'never')).toMatchObject({ outcome: 'unknown', refused: [] });
    expect(await collector.messageOf('another', 'm1')).toMatchObject({ outcome: 'unknown' });
    await end();
  });

  it('is known of refusals after a restart, to other collectors, and before they are loaded', async () => {
    const away = through(store, {
      insertBlock: () => Promise.reject(new StoreError('away', { ambiguous: false })),
    });
    const first = await startCollector(away);
    await first.post('/v1/batch', { batch: [track('late', LATE), track('fine')] }, headers);
    await first.post('/v1/track', track('alone', LATE), headers);
    const refused = [{ reason: 'bad_time', at: 'at' }];
    for (const id of ['late', 'alone'])
      expect(await first.collector.messageOf(site, id)).toMatchObject({ outcome: 'refused', refused });
    await first.collector.close({ drain_ms_max: 0 });

    const again = await startCollector(store, { data_dir: first.data_dir });
    const other = await startCollector(store);
    await again.collector.settled();
    for (const { collector } of [again, other])
      for (const id of ['late', 'alone'])
        expect(await collector.messageOf(site, id)).toMatchObject({ outcome: 'refused', refused });
    expect(await other.collector.messageOf('another', 'late')).toMatchObject({ outcome: 'unknown' });
    await other.end();
    await again.end();
  });

  it('says of an id that came again when it did', async () => {
    let now = Date.UTC(2026, 10, 22, 3);
    const { collector, post, end } = await startCollector(store, { clock: () => new Date(now) });
    await post('/v1/batch', { batch: [track('twice')] }, headers);
    await collector.settled();
    now += 60_000;
    await post('/v1/batch', { batch: [track('twice'), track('twice')] }, headers);
    await collector.settled();
    expect(await collector.messageOf(site, 'twice')).toMatchObject({
      outcome: 'stored',
      stored: { received_at: '2026-11-22T03:00:00.000Z' },
      refused: [],
      repeated: [{ received_at: '2026-11-22T03:01:00.000Z' }],
    });
    await end();
  });

  it('is told of the events of a request that was refused as a whole', async () => {
    const { collector, post, end } = await startCollector(store, {
      key_rate_limit: { events_per_s: 1, burst_events: 10 },
    });
    const many = (name: string, events: number) =>
      Array.from({ length: events }, (_, place) => track(`${name}${place}`));
    expect((await post('/v1/batch', { batch: many('a', 501) }, headers)).status).toBe(400);
    expect((await post('/v1/batch', { batch: many('b', 11) }, headers)).status).toBe(429);
    const of = async (id: string) =>
      (await collector.messageOf(site, id)).refused.map(({ reason }) => reason);
    expect(await of('a499')).toEqual(['too_many_events']);
    expect(await of('b10')).toEqual(['rate_limited']);
    await end();
  });

  it('is found by an id of any length', async () => {
    const { collector, post, end } = await startCollector(store);
    const id = 'long'.repeat(100);
    await post('/v1/track', track(id), headers);
    await collector.settled();
    expect(await collector.messageOf(site, id)).toMatchObject({ outcome: 'stored' });
    await end();
  });
});
