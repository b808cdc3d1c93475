import path from 'node:path';
import type { Link } from '@throughline/contract';
import { findEvents, type Store, StoreError } from '@throughline/store';
import type { TestStore } from '@throughline/store/testing';
import { describe, expect, it } from 'vitest';
import { nodeFiles, type SpoolFiles } from '../spool/files.ts';
import { loseEvents, ownSites, pageViews, rowsOf } from '../testing/own-site.ts';
import { addSite, SHOP, startCollector } from '../testing/start.ts';
import { failing } from '../testing/through.ts';
import { until } from '../testing/until.ts';
import { deadLetterFiles } from './dead-letter.ts';

let store: TestStore;
let site: string;
let headers: Record<string, string>;
ownSites((own) => {
  ({ store, site, headers } = own);
});

const batch = (...ids: string[]) => pageViews(site, ids);
const rowsIn = (table: 'events' | 'links') => rowsOf({ store, site }, table);
const deleteEvents = (...ids: string[]) => loseEvents({ store, site }, ids);

describe('loading', () => {
  it('counts a batch sent three times once, in one segment and in others', async () => {
    const { collector, post, end } = await startCollector(store);
    const sent = batch('a', 'b');
    await post('/e', sent);
    await post('/e', sent);
    await collector.settled();
    await post('/e', { ...sent, sent_at: Date.now() + 3_600_000 });
    await post('/e', batch('b', 'c', 'c'));
    await collector.settled();
    expect(await collector.ledger(site)).toMatchObject({
      received: 9,
      stored: 3,
      duplicates: 6,
      refused: {},
      waiting: 0,
    });
    expect(await rowsIn('events')).toBe(3);
    await end();
  });

  it('keeps the same id of two sites apart', async () => {
    const { collector, post, end } = await startCollector(store);
    await addSite(store, { ...SHOP, site: `${site}b` });
    await post('/e', batch('a'));
    await post('/e', { ...batch('a'), site: `${site}b` });
    await collector.settled();
    expect(await collector.ledger(`${site}b`)).toMatchObject({ received: 1, stored: 1 });
    expect(await collector.ledger(site)).toMatchObject({ received: 1, stored: 1 });
    await end();
  });

  it.each(['events', 'event_ids', 'links', 'customers', 'ledger'])(
    'stores everything once when the answer to the insert into %s got lost',
    async (table) => {
      let failures = 0;
      const wrapped = failing(store, () => undefined);
      const lose = async (insert: Promise<void>, into: string) => {
        await insert;
        if (into !== table || failures > 0) return;
        failures += 1;
        throw new StoreError('The connection broke.', { ambiguous: true });
      };
      const { collector, post, end } = await startCollector({
        ...wrapped,
        insert: (into, rows, options) => lose(store.insert(into, rows, options), into),
        insertBlock: (into, block, options) => lose(store.insertBlock(into, block, options), into),
      });
      await post(
        '/v1/batch',
        { batch: [1, 2, 3].map((n) => ({ type: 'track', event: 'x', messageId: `m${n}`, userId: 'u1' })) },
        headers,
      );
      await collector.settled();
      expect(failures).toBe(1);
      expect(await rowsIn('events')).toBe(3);
      expect(await collector.ledger(site)).toMatchObject({
        received: 3,
        stored: 3,
        duplicates: 0,
        waiting: 0,
      });
      await end();
    },
  );

  it('goes on taking events while the store is away, and tells them as waiting', async () => {
    let away = true;
    const down = () => (away ? new StoreError('The engine is away.', { ambiguous: false }) : undefined);
    const { collector, post, end } = await startCollector(
      failing(store, (call) => (call === 'query' ? undefined : down())),
    );
    for (const id of ['a', 'b', 'c']) expect((await post('/e', batch(id))).status).toBe(200);
    expect(collector.waiting(site)).toBe(3);
    expect(await collector.ledger(site)).toMatchObject({ received: 3, stored: 0, waiting: 3 });
    away = false;
    await collector.settled();
    expect(await collector.ledger(site)).toMatchObject({ received: 3, stored: 3, waiting: 0 });
    await end();
  });

  it('sets a row aside that ClickHouse refuses, stores the others, and counts all of them', async () => {
    const { collector, post, end, data_dir } = await startCollector({
      ...failing(store, () => undefined),
      insertBlock: async (table, block, options) => {
        if (block.bytes.includes('poison'))
          throw new StoreError('Cannot parse input.', { code: 27, ambiguous: false });
        await store.insertBlock(table, block, options);
      },
    });
    await post('/e', batch('a', 'b', 'poison', 'c', 'd'));
    await collector.settled();
    expect(await collector.ledger(site)).toMatchObject({
      received: 5,
      stored: 4,
      refused: { store_refused: 1 },
      waiting: 0,
    });
    const folder = path.join(data_dir, 'spool');
    expect([...(await deadLetterFiles({ files: nodeFiles, folder }).all()).values()].flat()).toMatchObject([
      {
        reason: 'Cannot parse input.',
        row: { site, event_id: 'poison', name: 'page_viewed', segment_seq: 2 },
      },
    ]);
    expect(
      (await findEvents(store, site, ['a', 'b', 'poison', 'c', 'd'])).map(({ event_id }) => event_id).sort(),
    ).toEqual(['a', 'b', 'c', 'd']);
    await end();
  });

  it('loads what an earlier process left, without counting anything twice', async () => {
    const stuck = failing(store, (call, table) =>
      call === 'insert' && table === 'ledger' ? new StoreError('away', { ambiguous: false }) : undefined,
    );
    const first = await startCollector(stuck);
    await first.post('/e', batch('a', 'b'));
    await until(async () => (await rowsIn('events')) === 2);
    await first.collector.close({ drain_ms_max: 0 });
    const second = await startCollector(store, { data_dir: first.data_dir });
    await second.collector.settled();
    expect(await rowsIn('events')).toBe(2);
    expect(await second.collector.ledger(site)).toMatchObject({
      received: 2,
      stored: 2,
      duplicates: 0,
      waiting: 0,
    });
    await second.end();
  });

  it('tells nothing twice after a crash between the ledger’s row and the end of its segment', async () => {
    const files: SpoolFiles = {
      ...nodeFiles,
      rename: (from, to) =>
        to.endsWith('.loaded') ? Promise.reject(new Error('crashed here')) : nodeFiles.rename(from, to),
      remove: () => Promise.reject(new Error('crashed here')),
    };
    const first = await startCollector(store, { files });
    await first.post('/e', batch('a', 'b'));
    await first.collector.settled();
    await first.collector.close({ drain_ms_max: 0 });
    // The new process finds the segment, and a store that cannot load it yet.
    const down = failing(store, (call) =>
      call === 'insert' ? new StoreError('away', { ambiguous: false }) : undefined,
    );
    const second = await startCollector(down, { data_dir: first.data_dir });
    expect(second.collector.waiting(site)).toBe(2);
    expect(await second.collector.ledger(site)).toMatchObject({ received: 2, stored: 2, waiting: 0 });
    await second.end();
  });

  it('stores rows that a crash left out of a block half written', async () => {
    let halved = false;
    const first = await startCollector({
      ...failing(store, () => undefined),
      insertBlock: async (table, block) => {
        if (!halved) {
          // A part of the block gets there, as when a crash falls between two months of it.
          await store.insertBlock(table, block, { token: 'half' });
          await deleteEvents('b', 'c');
          halved = true;
        }
        throw new StoreError('The engine went away.', { ambiguous: true });
      },
    });
    await first.post('/e', batch('a', 'b', 'c'));
    await until(() => halved);
    await first.collector.close({ drain_ms_max: 0 });
    const second = await startCollector(store, { data_dir: first.data_dir });
    await second.collector.settled();
    expect(await rowsIn('events')).toBe(3);
    expect(await second.collector.ledger(site)).toMatchObject({ received: 3, stored: 3 });
    await second.end();
  });

  it('keeps the ledger adding up at every moment while events arrive', async () => {
    const { collector, post, end } = await startCollector(store, { limits: { seal_age_ms: 5 } });
    let sent = 0;
    let acknowledged = 0;
    let looks = 0;
    const sender = (async () => {
      for (let round = 0; round < 60; round += 1) {
        // However slow a look is: some of them fall among the events.
        const seen = looks;
        if (round % 15 === 14) await until(() => looks > seen);
        const ids = [`r${round}`, `r${round}`, `r${Math.max(0, round - 1)}`];
        sent += 4;
        await post('/e', { ...batch(...ids), events: [...batch(...ids).events, { id: '', name: 'x' }] });
        acknowledged += 4;
      }
    })();
    let done = false;
    void sender.then(() => {
      done = true;
    });
    while (!done) {
      const before = acknowledged;
      const { received, stored, duplicates, refused, waiting } = await collector.ledger(site);
      expect(received).toBe(
        stored + duplicates + waiting + Object.values(refused).reduce((a, b) => a + b, 0),
      );
      expect(received).toBeGreaterThanOrEqual(before);
      expect(received).toBeLessThanOrEqual(sent);
      looks += 1;
    }
    await sender;
    await collector.settled();
    expect(looks).toBeGreaterThan(3);
    expect(await collector.ledger(site)).toMatchObject({
      received: 240,
      stored: 60,
      duplicates: 120,
      refused: { missing_event_id: 60 },
      waiting: 0,
    });
    await end();
  });

  it('takes the links of events that count, and only of those', async () => {
    const { collector, post, end } = await startCollector(store);
    const call = (messageId: string, userId: string) => ({
      type: 'identify',
      messageId,
      anonymousId: 'a1',
      userId,
    });
    await post('/v1/batch', { batch: [call('m1', 'u1')] }, headers);
    await collector.settled();
    await post('/v1/batch', { batch: [call('m1', 'somebody-else')] }, headers);
    await collector.settled();
    const links = await store.query<Pick<Link, 'identifiers'>>({
      sql: 'SELECT identifiers FROM links FINAL WHERE site = {site:String}',
      params: { site },
    });
    expect(links).toEqual([{ identifiers: [{ kind: 'user_id', value: 'u1' }] }]);
    await end();
  });
});

describe('two collectors on one store', () => {
  it('count an event once that both take in the same moment, whoever claims first', async () => {
    let arrived = 0;
    const bothAsked = async () => {
      arrived += 1;
      await until(() => arrived >= 2);
    };
    // Neither claims before both have looked and found the ids unclaimed.
    const shared = (): Store => ({
      ...failing(store, () => undefined),
      kind: 'server',
      insertBlock: async (table, block, options) => {
        if (table === 'event_ids') await bothAsked();
        await store.insertBlock(table, block, options);
      },
    });
    const one = await startCollector(shared());
    const two = await startCollector(shared());
    await Promise.all([one.post('/e', batch('a', 'b', 'c')), two.post('/e', batch('b', 'c', 'd'))]);
    await Promise.all([one.collector.settled(), two.collector.settled()]);
    expect(await rowsIn('events')).toBe(4);
    expect(await one.collector.ledger(site)).toMatchObject({
      received: 6,
      stored: 4,
      duplicates: 2,
      waiting: 0,
    });
    await one.end();
    await two.end();
  });

  it('give up rows of a dead attempt whose ids the other has claimed since', async () => {
    const shared = (): Store => ({ ...failing(store, () => undefined), kind: 'server' });
    let inserted = false;
    const first = await startCollector({
      ...shared(),
      insertBlock: async (table, block, options) => {
        if (table === 'event_ids') throw new StoreError('away', { ambiguous: false });
        await store.insertBlock(table, block, options);
        inserted = true;
      },
    });
    await first.post('/e', batch('a', 'b'));
    await until(() => inserted);
    await first.collector.close({ drain_ms_max: 0 });
    const other = await startCollector(shared());
    await other.post('/e', batch('b', 'c'));
    await other.collector.settled();
    const again = await startCollector(shared(), { data_dir: first.data_dir });
    await again.collector.settled();
    expect(await rowsIn('events')).toBe(3);
    expect(await again.collector.ledger(site)).toMatchObject({ received: 4, stored: 3, duplicates: 1 });
    await again.end();
    await other.end();
  });
});

describe('an engine that is killed while events arrive', () => {
  it('loses no acknowledged event and doubles none', async () => {
    const { collector, post, end } = await startCollector(store, { limits: { seal_age_ms: 10 } });
    const acknowledged: string[] = [];
    let killed: Promise<void> | undefined;
    for (let round = 0; round < 80; round += 1) {
      const ids = [`k${round}a`, `k${round}b`];
      if ((await post('/e', batch(...ids))).status === 200) acknowledged.push(...ids);
      if (round === 20 || round === 50) {
        await killed;
        killed = store.engine ? store.crashEngine() : undefined;
      }
    }
    await killed;
    await collector.settled();
    expect(acknowledged).toHaveLength(160);
    expect(await rowsIn('events')).toBe(160);
    expect(await collector.ledger(site)).toMatchObject({
      received: 160,
      stored: 160,
      duplicates: 0,
      waiting: 0,
    });
    await end();
  });
});
