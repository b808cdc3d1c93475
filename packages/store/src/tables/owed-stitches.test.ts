import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestStore, testStore } from '../testing.ts';
import { owedStitches, oweStitch, paidStitch } from './owed-stitches.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

test('what is owed is there until it is paid, oldest first', async () => {
  const an = { kind: 'user_id', value: 'an' } as const;
  const first = await oweStitch(
    store,
    { site: 'shop', visitors: ['v1'], identifiers: [an], everybody: false },
    { now: () => 1_000_000_000_000 },
  );
  const second = await oweStitch(
    store,
    { site: 'shop', visitors: [], identifiers: [], everybody: true },
    { now: () => 1_000_000_000_001 },
  );
  expect(await owedStitches(store)).toEqual([first, second]);
  // Paid within the same millisecond.
  await paidStitch(store, first, { now: () => 1_000_000_000_000 });
  expect(await owedStitches(store)).toEqual([second]);
});
