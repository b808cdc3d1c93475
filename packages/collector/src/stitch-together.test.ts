import { DEFAULT_IDENTITY_RULES, type Link, type Site } from '@throughline/contract';
import { resolve } from '@throughline/identity';
import { assignmentsOf, customersOf, insertLinks, putSite, type Store } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from './log.ts';
import { Stitching } from './stitching.ts';
import { email, evidence, user } from './testing/evidence.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

async function shop(site: string): Promise<void> {
  const row: Site = { site, name: site, hosts: [], timezone: 'UTC', currency: 'VND', settings: {} };
  await putSite(store, row);
}

/** A store that others write to as well, each of whose statements waits for `turn`. */
function shared(turn: (what: string) => Promise<unknown>): Store {
  return {
    kind: 'server',
    query: async (statement, options) => {
      await turn(statement.sql);
      return store.query(statement, options);
    },
    insert: async (table, rows, options) => {
      await turn(`insert ${table}`);
      return store.insert(table, rows, options);
    },
    bytes: (statement, options) => store.bytes(statement, options),
    run: (statement) => store.run(statement),
    insertLines: (table, lines, options) => store.insertLines(table, lines, options),
    insertBlock: (table, block, options) => store.insertBlock(table, block, options),
    insertSelect: (table, statement, options) => store.insertSelect(table, statement, options),
    ping: () => store.ping(),
    close: async () => {},
  };
}

const touchedBy = ({ visitor_id, identifiers }: Link) => ({ visitors: [visitor_id], identifiers });

async function stored(site: string, links: readonly Link[]) {
  const visitors = [...new Set(links.map(({ visitor_id }) => visitor_id))].sort();
  const persons = await store.query<{ person_id: string }>({
    sql: 'SELECT person_id FROM customers FINAL WHERE site = {site:String} AND gone = 0',
    params: { site },
  });
  return {
    assignments: (await assignmentsOf(store, site, visitors)).filter(({ spans }) => spans.length > 0),
    customers: await customersOf(
      store,
      site,
      persons.map(({ person_id }) => person_id),
    ),
  };
}

/** A place where a collector is held: `here` when it has come, `open` lets it go on. */
function gate() {
  let come = () => {};
  let open = () => {};
  const here = new Promise<void>((resolve) => {
    come = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let used = false;
  return {
    here,
    open: () => open(),
    /** Holds the first statement that `what` is part of. */
    at: (what: string) => async (statement: string) => {
      if (used || !statement.includes(what)) return;
      used = true;
      come();
      await opened;
    },
  };
}

it('a collector that had read less puts its row right when another had found it unchanged', async () => {
  await shop('overtaken');
  const first = evidence('overtaken', 'e1', 'phone', [user('an')]);
  const second = evidence('overtaken', 'e2', 'phone', [user('binh')], { session_id: 'phone.s2' });
  const [reads, writes] = [gate(), gate()];
  // Looked at the clock first, and reads the facts last.
  const early = new Stitching({ store: shared(reads.at("visitor_id = ''")), log: silentLog });
  const late = new Stitching({ store: shared(writes.at('insert customers')), log: silentLog });
  const third = new Stitching({ store: shared(async () => {}), log: silentLog });
  await insertLinks(store, [first]);
  const stitchingEarly = early.now('overtaken', touchedBy(first));
  await reads.here;
  const stitchingLate = late.now('overtaken', touchedBy(first));
  await writes.here;
  await insertLinks(store, [second]);
  reads.open();
  await stitchingEarly;
  await third.now('overtaken', touchedBy(second));
  writes.open();
  await stitchingLate;
  const links = [first, second];
  expect(await stored('overtaken', links)).toEqual(resolve(links, DEFAULT_IDENTITY_RULES, 'overtaken'));
});

it('replaces what a node whose clock is an hour ahead has written', async () => {
  await shop('ahead');
  const first = evidence('ahead', 'e1', 'phone', [user('an')]);
  await insertLinks(store, [first]);
  await new Stitching({ store, log: silentLog }).now('ahead', touchedBy(first));
  for (const table of ['assignments', 'customers'])
    await store.run({
      sql: `INSERT INTO ${table} SELECT * REPLACE (version + 3600000000 AS version) FROM ${table} WHERE site = 'ahead'`,
    });
  const second = evidence('ahead', 'e2', 'phone', [user('binh')], { session_id: 'phone.s2' });
  await insertLinks(store, [second]);
  await new Stitching({ store, log: silentLog }).now('ahead', touchedBy(second));
  const links = [first, second];
  expect(await stored('ahead', links)).toEqual(resolve(links, DEFAULT_IDENTITY_RULES, 'ahead'));
});

let shops = 0;
it('gives the same as from scratch whatever the order of three collectors’ statements', async () => {
  const anyLink = fc.record({
    visitor: fc.constantFrom('v1', 'v2'),
    names: fc.array(fc.constantFrom(user('an'), user('binh'), email('m1'), email('m2')), {
      minLength: 1,
      maxLength: 2,
    }),
  });
  const schedules = fc.tuple(fc.scheduler(), fc.array(anyLink, { minLength: 3, maxLength: 5 }));
  await fc.assert(
    fc.asyncProperty(schedules, async ([scheduler, chosen]) => {
      shops += 1;
      const site = `schedule${shops}`;
      await shop(site);
      const links = chosen.map(({ visitor, names }, place) => evidence(site, `e${place}`, visitor, names));
      const collectors = [0, 1, 2].map(async (turn) => {
        const mine = shared((what) =>
          scheduler.schedule(Promise.resolve(), `${turn} ${what.trim().slice(0, 40)}`),
        );
        const stitching = new Stitching({ store: mine, log: silentLog });
        for (const link of links.filter((_, place) => place % 3 === turn)) {
          await insertLinks(mine, [link]);
          await stitching.now(site, touchedBy(link));
        }
      });
      await scheduler.waitFor(Promise.all(collectors));
      expect(await stored(site, links)).toEqual(resolve(links, DEFAULT_IDENTITY_RULES, site));
    }),
    { numRuns: Number(process.env['STITCH_SCHEDULES'] ?? 25), endOnFailure: true },
  );
}, 300_000);
