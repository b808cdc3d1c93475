import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { putLedger, readLedger } from './ledger.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

const row = { site: 'shop', hour: '2026-11-22T03:00:00.000Z', segment: 'seg-1', version: 1 };

test('the hours add up to the total, and received to its parts', async () => {
  await putLedger(store, [
    { ...row, stored: 10, duplicates: 2, refused: { malformed: 1 } },
    { ...row, segment: 'seg-2', stored: 5, duplicates: 0, refused: { malformed: 2, wrong_origin: 4 } },
    { ...row, hour: '2026-11-22T04:00:00.000Z', stored: 1, duplicates: 0, refused: {} },
    { ...row, site: 'another', stored: 99, duplicates: 0, refused: {} },
  ]);
  expect(await readLedger(store, 'shop')).toEqual({
    received: 25,
    stored: 16,
    duplicates: 2,
    refused: { malformed: 3, wrong_origin: 4 },
    hours: [
      {
        hour: '2026-11-22T03:00:00.000Z',
        received: 24,
        stored: 15,
        duplicates: 2,
        refused: { malformed: 3, wrong_origin: 4 },
      },
      { hour: '2026-11-22T04:00:00.000Z', received: 1, stored: 1, duplicates: 0, refused: {} },
    ],
  });
});

test('a segment that is written again replaces its row', async () => {
  const again = { ...row, site: 'again' };
  await putLedger(store, [{ ...again, stored: 3, duplicates: 0, refused: {}, version: 1 }]);
  await putLedger(store, [{ ...again, stored: 4, duplicates: 1, refused: {}, version: 2 }]);
  expect(await readLedger(store, 'again')).toMatchObject({ received: 5, stored: 4, duplicates: 1 });
});

test('from is inclusive and to exclusive', async () => {
  const hours = ['2026-11-22T01:00:00.000Z', '2026-11-22T02:00:00.000Z', '2026-11-22T03:00:00.000Z'];
  await putLedger(
    store,
    hours.map((hour) => ({ ...row, site: 'range', hour, stored: 1, duplicates: 0, refused: {} })),
  );
  const range = await readLedger(store, 'range', { from: hours[1], to: hours[2] });
  expect(range.hours.map(({ hour }) => hour)).toEqual([hours[1]]);
  expect(await readLedger(store, 'unknown')).toEqual({
    received: 0,
    stored: 0,
    duplicates: 0,
    refused: {},
    hours: [],
  });
});
