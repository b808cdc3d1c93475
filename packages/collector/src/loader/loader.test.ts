import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Link } from '@throughline/contract';
import { findEvents, type Statement, type Store, StoreError } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { nodeFiles, type SpoolFiles } from '../spool/files.ts';
import { addSite, SHOP, startCollector } from '../testing/start.ts';
import { through } from '../testing/through.ts';
import { until } from '../testing/until.ts';
import { deadLetterFiles } from './dead-letter.ts';

let store: TestStore;
let site: string;
let headers: Record<string, string>;
let count = 0;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  count += 1;
  site = `shop${count}`;
  ({ headers } = await addSite(store, { ...SHOP, site }));
});

const batch = (...ids: string[]) => ({
  site,
  visitor: 'v1',
  sent_at: Date.now(),
  events: ids.map((id, seq) => ({ id, name: 'page_viewed', at: Date.now(), seq, session: '' })),
});
const rowsIn = async (table: 'events' | 'links') =>
  (
    await store.query<{ rows: number }>({
      sql: `SELECT count() AS rows FROM ${table} WHERE site = {site:String}`,
      params: { site },
    })
  )[0]!.rows;

const deleteEvents = (...ids: string[]) =>
  store.run({
    sql: 'ALTER TABLE events DELETE WHERE site = {site:String} AND event_id IN {ids:Array(String)} SETTINGS mutations_sync = 2',
    params: { site, ids },
  });

/** The store, with some of its calls failing. */
function failing(
  when: (call: 'insert' | 'insertBlock' | 'query', table: string) => Error | undefined,
): Store {
  return through(store, {
    query: async (statement, options) => {
      const error = when('query', statement.sql);
      if (error) throw error;
      return store.query(statement, options);
    },
    insert: async (table, rows, options) => {
      const error = when('insert', table);
      if (error) throw error;
      return store.insert(table, rows, options);
    },
    insertBlock: async (table, block, options) => {
      const error = when('insertBlock', table);
      if (error) throw error;
      return store.insertBlock(table, block, options);
    },
  });
}

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
      const wrapped = failing(() => undefined);
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
      failing((call) => (call === 'query' ? undefined : down())),
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
      ...failing(() => undefined),
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
    const stuck = failing((call, table) =>
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
    const down = failing((call) =>
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
      ...failing(() => undefined),
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

describe('what was stored', () => {
  it('is loaded once more when the store has lost it, and counts as before', async () => {
    const first = await startCollector(store);
    await first.post('/e', batch('a', 'b', 'c'));
    await first.collector.settled();
    await first.collector.close();
    await deleteEvents('b');
    const second = await startCollector(store, { data_dir: first.data_dir });
    await until(async () => (await rowsIn('events')) === 3);
    await second.collector.settled();
    expect(await second.collector.ledger(site)).toMatchObject({
      received: 3,
      stored: 3,
      duplicates: 0,
      waiting: 0,
    });
    await second.end();
  });

  it('is loaded once more when all of a segment is lost, whose token the store still remembers', async () => {
    const first = await startCollector(store);
    await first.post('/e', batch('a', 'b'));
    await first.collector.settled();
    await first.collector.close();
    await deleteEvents('a', 'b');
    await store.run({
      sql: 'ALTER TABLE event_ids DELETE WHERE site = {site:String} SETTINGS mutations_sync = 2',
      params: { site },
    });
    const second = await startCollector(store, { data_dir: first.data_dir });
    await until(async () => (await rowsIn('events')) === 2);
    await second.collector.settled();
    await second.post('/e', batch('a'));
    await second.collector.settled();
    expect(await rowsIn('events')).toBe(2);
    expect(await second.collector.ledger(site)).toMatchObject({ received: 3, stored: 2, duplicates: 1 });
    await second.end();
  });

  it('is loaded once more when the store has its rows, and has lost what was written after them', async () => {
    const first = await startCollector(store);
    await first.post('/e', {
      ...batch('a'),
      events: [{ ...batch('a').events[0], identity: { user_id: 'u1' } }],
    });
    await first.collector.settled();
    await first.collector.close();
    for (const table of ['event_ids', 'links', 'ledger'])
      await store.run({
        sql: `ALTER TABLE ${table} DELETE WHERE site = {site:String} SETTINGS mutations_sync = 2`,
        params: { site },
      });
    const second = await startCollector(store, { data_dir: first.data_dir });
    await until(async () => (await rowsIn('links')) === 1);
    await second.collector.settled();
    await second.post('/e', batch('a'));
    await second.collector.settled();
    expect(await rowsIn('events')).toBe(1);
    expect(await second.collector.ledger(site)).toMatchObject({ received: 2, stored: 1, duplicates: 1 });
    await second.end();
  });

  it('is loaded once more when the store was started again between two segments and lost it', async () => {
    let now = Date.now();
    let started = now - 3_600_000;
    const restarting = through(store, {
      query: async <Row>(statement: Statement<Row>) =>
        statement.sql === 'SELECT uptime() AS s'
          ? ([{ s: Math.floor((now - started) / 1000) }] as Row[])
          : store.query(statement),
    });
    const { collector, post, end } = await startCollector(restarting, { clock: () => new Date(now) });
    await post('/e', batch('a'));
    await collector.settled();
    now += 60_000;
    await post('/e', batch('b'));
    await collector.settled();
    await deleteEvents('a');
    started = now + 10_000;
    now += 60_000;
    await post('/e', batch('c'));
    await collector.settled();
    await until(async () => (await rowsIn('events')) === 3);
    await collector.settled();
    expect(await collector.ledger(site)).toMatchObject({ received: 3, stored: 3, duplicates: 0 });
    await end();
  });

  it('is not loaded once more when somebody was erased since, here or by another collector', async () => {
    const first = await startCollector(store);
    await first.post('/e', batch('a', 'b'));
    await first.collector.settled();
    await first.collector.close();
    const other = await startCollector(store);
    await other.collector.forget(site, ['v1']);
    await deleteEvents('a', 'b');
    const second = await startCollector(store, { data_dir: first.data_dir });
    await until(async () => (await second.collector.report()).kept_segments === 0);
    await second.post('/e', batch('c'));
    await second.collector.settled();
    expect(await rowsIn('events')).toBe(1);
    await second.end();
    await other.end();
  });

  it('is told from a segment that is missing', async () => {
    const away = failing((call) =>
      call === 'query' ? undefined : new StoreError('away', { ambiguous: false }),
    );
    const first = await startCollector(away);
    await first.post('/e', batch('a'));
    await first.collector.close({ drain_ms_max: 0 });
    const second = await startCollector(away, { data_dir: first.data_dir });
    await second.post('/e', batch('b'));
    await second.collector.close({ drain_ms_max: 0 });
    const spool = path.join(first.data_dir, 'spool');
    const [lost] = (await readdir(spool)).filter((name) => name.endsWith('.sealed')).sort();
    await rename(path.join(spool, lost!), path.join(first.data_dir, lost!));
    const errors: object[] = [];
    const log = { ...silentLog, error: (_: string, fields?: object) => void errors.push(fields ?? {}) };
    const third = await startCollector(store, { data_dir: first.data_dir, log });
    await third.collector.settled();
    await until(() => errors.length > 0);
    expect(errors).toEqual([{ segment: lost!.replace('.sealed', '') }]);
    expect(await third.collector.ledger(site)).toMatchObject({ received: 1, stored: 1 });
    await third.collector.close();

    // Once more, although the segment that named it is loaded and gone from memory; until the file is back.
    const fourth = await startCollector(store, { data_dir: first.data_dir, log });
    await until(() => errors.length > 1);
    expect((await fourth.collector.report()).missing).toEqual([lost!.replace('.sealed', '')]);
    await fourth.collector.close();
    await rename(path.join(first.data_dir, lost!), path.join(spool, lost!));
    const fifth = await startCollector(store, { data_dir: first.data_dir, log });
    await fifth.collector.settled();
    expect(await fifth.collector.ledger(site)).toMatchObject({ received: 2, stored: 2 });
    await fifth.collector.close();
    const sixth = await startCollector(store, { data_dir: first.data_dir, log });
    await until(async () => !(await readdir(spool)).some((name) => name.endsWith('.missing')));
    expect((await sixth.collector.report()).missing).toEqual([]);
    expect(errors).toHaveLength(2);
    await sixth.end();
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
      ...failing(() => undefined),
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
    const shared = (): Store => ({ ...failing(() => undefined), kind: 'server' });
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
