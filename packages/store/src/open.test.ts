import { expect, test } from 'vitest';
import { testStore } from './testing.ts';

test('a fresh store answers and has its tables', async () => {
  const store = await testStore();
  try {
    expect(await store.ping()).toBe(true);

    expect(
      await store.query({
        sql: "SELECT {a:String} AS a, {t:DateTime64(3, 'UTC')} AS t, toUInt64(5) n, toDecimal64(1.5, 4) d",
        params: { a: "it's \\ \t\n", t: '2026-11-22T03:04:05.678Z' },
      }),
    ).toEqual([{ a: "it's \\ \t\n", t: '2026-11-22T03:04:05.678Z', n: 5, d: 1.5 }]);
  } finally {
    await store.close();
  }
});
