import type { Assignment, Customer } from '@throughline/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { assignmentsOf, putAssignments } from './assignments.ts';
import {
  customersByIdentifier,
  customersOf,
  findCustomer,
  goneCustomers,
  putCustomers,
} from './customers.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const hoa: Customer = {
  site: 'shop',
  person_id: 'p_hoa',
  identifiers: [
    { kind: 'user_id', value: "h'oa" },
    { kind: 'email', value: 'ab12' },
  ],
  traits: { name: 'Hoa', city: 'Huế' },
  first_identified_at: '2026-11-01T00:00:00.000Z',
  last_identified_at: '2026-11-22T03:04:05.678Z',
};
const lan: Customer = {
  ...hoa,
  person_id: 'p_lan',
  identifiers: [{ kind: 'user_id', value: 'lan' }],
  traits: {},
};

test('a customer comes back as it was put, and the highest version counts whatever the order', async () => {
  await putCustomers(store, [{ ...hoa, traits: { name: 'newer' } }], 20);
  await putCustomers(store, [hoa], 10);
  expect((await findCustomer(store, 'shop', 'p_hoa'))?.traits).toEqual({ name: 'newer' });
  await putCustomers(store, [hoa, lan], 30);
  expect(await findCustomer(store, 'shop', 'p_hoa')).toEqual(hoa);
  expect(await customersOf(store, 'shop', ['p_lan', 'p_hoa', 'p_nobody'])).toEqual([hoa, lan]);
  expect(await customersOf(store, 'another', ['p_hoa'])).toEqual([]);
});

test('customers are found by any of their identifiers, kind and value together', async () => {
  await putCustomers(store, [hoa, lan], 31);
  expect(await customersByIdentifier(store, 'shop', [{ kind: 'email', value: 'ab12' }])).toEqual([hoa]);
  expect(await customersByIdentifier(store, 'shop', [{ kind: 'phone', value: 'ab12' }])).toEqual([]);
  expect(await customersByIdentifier(store, 'shop', [])).toEqual([]);
  const both = [
    { kind: 'user_id', value: "h'oa" },
    { kind: 'user_id', value: 'lan' },
  ] as const;
  expect(await customersByIdentifier(store, 'shop', both)).toEqual([hoa, lan]);
});

test('whoever lost an identifier is not found by it any more', async () => {
  await putCustomers(store, [{ ...hoa, identifiers: hoa.identifiers.slice(0, 1) }], 32);
  expect(await customersByIdentifier(store, 'shop', [{ kind: 'email', value: 'ab12' }])).toEqual([]);
  await putCustomers(store, [hoa], 33);
});

test('an old id leads to the person it became part of, and to nobody when its links were cut', async () => {
  await putCustomers(
    store,
    ['p_1', 'p_2', 'p_3', 'p_cut'].map((person_id) => ({ ...lan, person_id })),
    40,
  );
  await goneCustomers(store, [{ site: 'shop', person_id: 'p_1', successor: 'p_2' }], 41);
  await goneCustomers(store, [{ site: 'shop', person_id: 'p_2', successor: 'p_3' }], 42);
  await goneCustomers(store, [{ site: 'shop', person_id: 'p_cut', successor: '' }], 43);
  expect((await findCustomer(store, 'shop', 'p_1'))?.person_id).toBe('p_3');
  expect(await findCustomer(store, 'shop', 'p_cut')).toBeUndefined();
  expect(await customersOf(store, 'shop', ['p_1', 'p_2'])).toEqual([]);
});

test('people that lead to each other in a circle are nobody', async () => {
  await goneCustomers(store, [{ site: 'shop', person_id: 'p_x', successor: 'p_y' }], 50);
  await goneCustomers(store, [{ site: 'shop', person_id: 'p_y', successor: 'p_x' }], 50);
  expect(await findCustomer(store, 'shop', 'p_x')).toBeUndefined();
});

test('an assignment is replaced as a whole by a higher version only', async () => {
  const spans = [
    { from: '2026-01-01T00:00:00.000Z', person_id: 'p_hoa', rule: 'identified_later', evidence: 'e1' },
    { from: '2026-02-01T00:00:00.001Z', person_id: '', rule: 'nobody', evidence: '' },
  ] satisfies Assignment['spans'];
  await putAssignments(store, [{ site: 'shop', visitor_id: 'v1', spans }], 1_800_000_000_000_002);
  await putAssignments(
    store,
    [{ site: 'shop', visitor_id: 'v1', spans: spans.slice(1) }],
    1_800_000_000_000_001,
  );
  expect(await assignmentsOf(store, 'shop', ['v1', 'stranger'])).toEqual([
    { site: 'shop', visitor_id: 'v1', spans },
  ]);
});
