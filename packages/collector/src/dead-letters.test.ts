import { siteSecret } from '@throughline/identity';
import { findEvents, putSite, type Store, StoreError } from '@throughline/store';
import type { TestStore } from '@throughline/store/testing';
import { describe, expect, it } from 'vitest';
import { linkToken } from './linker/token.ts';
import { ownSites } from './testing/own-site.ts';
import { SHOP, startCollector } from './testing/start.ts';
import { through } from './testing/through.ts';

let store: TestStore;
let site: string;
let headers: Record<string, string>;
ownSites((own) => {
  ({ store, site, headers } = own);
});

/** The store, refusing every block that holds the word for as long as `fussy` says. */
const refusing = (word: string, fussy: () => boolean): Store =>
  through(store, {
    insertBlock: async (table, block, options) => {
      if (table === 'events' && fussy() && block.bytes.includes(word))
        throw new StoreError('Cannot parse input.', { code: 27, ambiguous: false });
      await store.insertBlock(table, block, options);
    },
  });

const call = (messageId: string, userId: string) => ({
  type: 'identify',
  messageId,
  anonymousId: `visitor-of-${userId}`,
  userId,
});

describe('dead letters', () => {
  it('are shown with their reason, stored when sent again, and stitched like any event', async () => {
    let fussy = true;
    const { collector, post, end } = await startCollector(refusing('poison', () => fussy));
    await post(
      '/v1/batch',
      { batch: [call('good', 'u1'), call('poison1', 'u2'), call('poison2', 'u3')] },
      headers,
    );
    await collector.settled();
    expect(await collector.deadLetters.list(site)).toMatchObject([
      { site, event_id: 'poison1', name: 'identify', reason: 'Cannot parse input.' },
      { site, event_id: 'poison2', name: 'identify', reason: 'Cannot parse input.' },
    ]);
    expect(await collector.deadLetters.list('another')).toEqual([]);
    expect(await collector.deadLetters.replay()).toMatchObject({ stored: 0, still_refused: 2 });
    expect(await collector.ledger(site)).toMatchObject({ stored: 1, refused: { store_refused: 2 } });
    fussy = false;
    expect(await collector.deadLetters.replay()).toMatchObject({ stored: 2, still_refused: 0 });
    expect(await collector.deadLetters.list()).toEqual([]);
    expect(await collector.ledger(site)).toMatchObject({
      received: 3,
      stored: 3,
      refused: {},
      duplicates: 0,
    });
    expect(await findEvents(store, site, ['poison1', 'poison2'])).toHaveLength(2);
    const [assigned] = await store.query<{ rows: number }>({
      sql: `SELECT count() AS rows FROM assignments FINAL
        WHERE site = {site:String} AND visitor_id IN ('visitor-of-u2', 'visitor-of-u3') AND notEmpty(spans)`,
      params: { site },
    });
    expect(assigned?.rows).toBe(2);
    await end();
  });

  it('count once when their id is sent again while they are replayed, here or at another collector', async () => {
    let fussy = true;
    let open = () => {};
    let slow: Promise<void> | undefined;
    let begun = () => {};
    const inserting = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const gated = through(store, {
      kind: 'server',
      insertBlock: async (table, block, options) => {
        if (table === 'events' && fussy && block.bytes.includes('twin'))
          throw new StoreError('Cannot parse input.', { code: 27, ambiguous: false });
        if (table === 'events' && slow) {
          const gate = slow;
          slow = undefined;
          begun();
          await gate;
        }
        await store.insertBlock(table, block, options);
      },
    });
    const { collector, post, end } = await startCollector(gated);
    const other = await startCollector(through(store, { kind: 'server' }));
    const event = { type: 'track', event: 'x', messageId: 'twin', userId: 'u1' };
    await post('/v1/batch', { batch: [event] }, headers);
    await collector.settled();
    fussy = false;
    slow = new Promise((resolve) => {
      open = resolve;
    });
    const replayed = collector.deadLetters.replay();
    await inserting;
    await other.post('/v1/batch', { batch: [event] }, headers);
    await other.collector.settled();
    await post('/v1/batch', { batch: [event] }, headers);
    const settled = collector.settled();
    open();
    await Promise.all([replayed, settled]);
    const [rows] = await store.query<{ rows: number }>({
      sql: 'SELECT count() AS rows FROM events WHERE site = {site:String}',
      params: { site },
    });
    expect(rows?.rows).toBe(1);
    expect(await collector.ledger(site)).toMatchObject({ received: 3, stored: 1, duplicates: 2 });
    await other.end();
    await end();
  });

  it('count as duplicates when their id was sent again, corrected, in the meantime', async () => {
    let fussy = true;
    const { collector, post, end } = await startCollector(refusing('poison', () => fussy));
    const event = { type: 'track', event: 'x', messageId: 'm1', userId: 'u1' };
    await post('/v1/batch', { batch: [{ ...event, properties: { note: 'poison' } }] }, headers);
    await collector.settled();
    await post('/v1/batch', { batch: [{ ...event, properties: { note: 'fine' } }] }, headers);
    await collector.settled();
    fussy = false;
    expect(await collector.deadLetters.replay()).toMatchObject({
      stored: 0,
      duplicates: 1,
      still_refused: 0,
    });
    expect(await collector.ledger(site)).toMatchObject({
      received: 2,
      stored: 1,
      duplicates: 1,
      refused: {},
    });
    expect(await findEvents(store, site, ['m1'])).toMatchObject([{ properties: { note: 'fine' } }]);
    await end();
  });

  it('hold links that the store refused: their events are stored, and name somebody once they are sent again', async () => {
    let fussy = true;
    const without = through(store, {
      insert: async (table, rows, options) => {
        if (table === 'links' && fussy && JSON.stringify(rows).includes('refused-user'))
          throw new StoreError('Cannot parse input.', { code: 27, ambiguous: false });
        await store.insert(table, rows, options);
      },
    });
    const { collector, post, end } = await startCollector(without);
    const calls = ['u1', 'refused-user', 'u3'].map((userId) => call(`link-of-${userId}`, userId));
    await post('/v1/batch', { batch: calls }, headers);
    await collector.settled();
    expect(await collector.ledger(site)).toMatchObject({ received: 3, stored: 3, refused: {} });
    expect(await collector.deadLetters.list(site)).toMatchObject([
      { kind: 'link', event_id: 'link-of-refused-user', name: 'identify', reason: 'Cannot parse input.' },
    ]);
    const owned = async () =>
      (
        await store.query<{ visitor_id: string }>({
          sql: `SELECT visitor_id FROM assignments FINAL WHERE site = {site:String} AND notEmpty(spans)
            ORDER BY visitor_id`,
          params: { site },
        })
      ).map(({ visitor_id }) => visitor_id);
    expect(await owned()).toEqual(['visitor-of-u1', 'visitor-of-u3']);
    const nothing = { stored: 0, duplicates: 0, still_refused: 0 };
    expect(await collector.deadLetters.replay()).toEqual({ ...nothing, links_stored: 0, links_refused: 1 });
    fussy = false;
    expect(await collector.deadLetters.replay()).toEqual({ ...nothing, links_stored: 1, links_refused: 0 });
    expect(await collector.deadLetters.list()).toEqual([]);
    expect(await owned()).toEqual(['visitor-of-refused-user', 'visitor-of-u1', 'visitor-of-u3']);
    await end();
  });

  it('keep every link of an event that brought several', async () => {
    const hosts = ['shop.example', 'pay.example'];
    await putSite(store, { ...SHOP, site, hosts });
    const secret = siteSecret('of-the-instance', site);
    const { collector, post, end } = await startCollector(
      refusing('poison', () => fussy),
      { siteSecretOf: () => secret },
    );
    let fussy = true;
    const from = { site, visitor_id: 'onshop', user_agent: '' };
    const token = linkToken(secret, from, Date.now())!;
    const url = `https://pay.example/?tlclid=${token}`;
    const page = { name: 'page_viewed', title: 'poison', at: Date.now(), seq: 1, session: 's' };
    const events = [{ id: 'p1', url, referrer: 'https://shop.example/', ...page }];
    await post(
      '/e',
      { site, visitor: 'onpay', sent_at: Date.now(), events },
      { origin: 'https://pay.example' },
    );
    await collector.settled();
    fussy = false;
    expect(await collector.deadLetters.replay()).toMatchObject({ stored: 1 });
    const found = await store.query<{ visitor_id: string }>({
      sql: 'SELECT visitor_id FROM links WHERE site = {site:String} ORDER BY visitor_id',
      params: { site },
    });
    expect(found.map(({ visitor_id }) => visitor_id)).toEqual(['onpay', 'onshop']);
    await end();
  });

  it('of an erased visitor are gone, and so are the segments that were kept', async () => {
    const { collector, post, end } = await startCollector(refusing('poison', () => true));
    await post('/v1/batch', { batch: [call('poison1', 'u1'), call('poison2', 'u2')] }, headers);
    await collector.settled();
    expect((await collector.report()).kept_segments).toBe(1);
    await collector.forget(site, ['visitor-of-u1']);
    expect((await collector.deadLetters.list()).map(({ event_id }) => event_id)).toEqual(['poison2']);
    expect(await collector.report()).toMatchObject({ kept_segments: 0, dead_letters: 1 });
    await end();
  });
});
