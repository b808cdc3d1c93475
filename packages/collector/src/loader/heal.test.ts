import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { type Statement, StoreError } from '@throughline/store';
import type { TestStore } from '@throughline/store/testing';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { loseEvents, ownSites, pageViews, rowsOf } from '../testing/own-site.ts';
import { startCollector } from '../testing/start.ts';
import { failing, through } from '../testing/through.ts';
import { until } from '../testing/until.ts';

let store: TestStore;
let site: string;
ownSites((own) => {
  ({ store, site } = own);
});

const batch = (...ids: string[]) => pageViews(site, ids);
const rowsIn = (table: 'events' | 'links') => rowsOf({ store, site }, table);
const deleteEvents = (...ids: string[]) => loseEvents({ store, site }, ids);

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
    const away = failing(store, (call) =>
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
