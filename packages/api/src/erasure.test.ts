import type { Customer, Identifier } from '@throughline/contract';
import {
  assignmentsOf,
  customersOf,
  findCustomer,
  insertLinks,
  owedErasures,
  oweErasure,
  putAssignments,
  putCustomers,
  type Store,
} from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Eraser, erasePerson, finishErasures } from './erasure.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const AN: Identifier = { kind: 'user_id', value: 'an' };
const at = '2026-11-20T09:00:00.000Z';

/** A shop where An has been on her phone. */
async function shopWithAn(site: string): Promise<Customer> {
  const an = {
    site,
    person_id: 'p_an',
    identifiers: [AN],
    traits: {},
    first_identified_at: at,
    last_identified_at: at,
  };
  await store.insert('events', [{ site, event_id: 'e1', visitor_id: 'phone', time: at, name: 'login' }]);
  await insertLinks(store, [
    {
      site,
      event_id: 'e1',
      kind: 'identify',
      visitor_id: 'phone',
      session_id: '',
      session_started_at: at,
      time: at,
      seq: 0,
      identifiers: [AN],
      traits: {},
      proven: true,
      source: 'tag',
      author: '',
      reason: '',
      target: '',
      segment: 'test',
    },
  ]);
  const spans = [{ from: at, person_id: 'p_an', rule: 'identified_in_session' as const, evidence: 'e1' }];
  await putAssignments(store, [{ site, visitor_id: 'phone', spans }], 1);
  await putCustomers(store, [an], 1);
  return an;
}

/** A server on this store, and whom it resolved again. */
function server(on: Store): Eraser & { stitched: object[] } {
  const stitched: object[] = [];
  return {
    store: on,
    stitched,
    settled: async () => {},
    delivery: { forget: async () => {} } as unknown as Eraser['delivery'],
    stitch: async (site, touched) => {
      stitched.push({ site, ...touched });
    },
  };
}

/** The store of a process that dies before its statement number `last` that deletes something. */
function dying(last: number): Store {
  let runs = 0;
  return {
    kind: store.kind,
    query: (statement, options) => store.query(statement, options),
    insert: (table, rows, options) => store.insert(table, rows, options),
    run: async (statement) => {
      if (runs === last) throw new Error('the process died');
      runs += 1;
      await store.run(statement);
    },
  } as Store;
}

it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
  'an erasure cut short after %i deletions is finished at the next start',
  async (deletions) => {
    const site = `cut-${deletions}`;
    const an = await shopWithAn(site);
    await expect(erasePerson(server(dying(deletions)), site, an)).rejects.toThrow('the process died');
    expect(await owedErasures(store)).toMatchObject([{ site, person: 'p_an', visitors: ['phone'] }]);

    const next = server(store);
    await finishErasures(next);
    const params = { site };
    for (const table of ['events', 'links', 'link_identifiers', 'customer_identifiers'])
      expect(await store.query({ sql: `SELECT 1 FROM ${table} WHERE site = {site:String}`, params })).toEqual(
        [],
      );
    expect(await assignmentsOf(store, site, ['phone'])).toEqual([]);
    expect(await customersOf(store, site, ['p_an'])).toEqual([]);
    expect(next.stitched).toEqual([{ site, visitors: ['phone'], identifiers: [AN] }]);
    expect(await owedErasures(store)).toEqual([]);
  },
);

it('an erasure that only lacked what follows from it is finished too', async () => {
  await oweErasure(store, { site: 'late', person: 'p_an', visitors: ['phone'], identifiers: [AN] });
  const next = server(store);
  await finishErasures(next);
  expect(next.stitched).toEqual([{ site: 'late', visitors: ['phone'], identifiers: [AN] }]);
  expect(await findCustomer(store, 'late', 'p_an')).toBeUndefined();
  expect(await owedErasures(store)).toEqual([]);
});

it('of a stranger leaves nothing either, and nothing is owed then', async () => {
  await shopWithAn('stranger');
  await store.insert('events', [
    { site: 'stranger', event_id: 'e2', visitor_id: 'other', time: at, name: 'page_viewed' },
  ]);
  expect(await erasePerson(server(store), 'stranger', 'other')).toMatchObject({
    events: 1,
    visitors: ['other'],
  });
  expect(await owedErasures(store)).toEqual([]);
});
