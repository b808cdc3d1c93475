import { expect, test } from 'vitest';
import { lists } from './lists.ts';

test('a short list is one array', () => {
  expect(lists('ids', ['a', 'b'])).toEqual([
    { sql: '{ids_0:Array(String)}', params: { ids_0: ['a', 'b'] }, values: ['a', 'b'] },
  ]);
});

test('no values make no statement', () => {
  expect(lists('ids', [])).toEqual([]);
});

test('a long list keeps every value, in arrays and statements that a server takes', () => {
  const values = Array.from({ length: 20_000 }, (_, i) => `${i}é'\\`.padEnd(101, '🛒'));
  const made = lists('ids', values);
  expect(made.length).toBeGreaterThan(1);
  expect(made.flatMap((list) => list.values)).toEqual(values);
  for (const { sql, params } of made) {
    expect(sql).toMatch(/^arrayConcat\(\{ids_0:Array\(String\)\}(, \{ids_\d:Array\(String\)\})+\)$/);
    const fields = Object.values(params).map((field) => field.join("','").replace(/[\\']/g, '\\$&'));
    for (const field of fields) expect(Buffer.byteLength(field)).toBeLessThan(131_072);
    const url = new URLSearchParams(fields.map((field, i) => [`param_ids_${i}`, field])).toString();
    expect(url.length).toBeLessThan(1_048_576);
  }
});

test('one value above the bound still goes', () => {
  expect(lists('ids', ['x'.repeat(100_000), 'y']).flatMap((list) => list.values)).toHaveLength(2);
});
