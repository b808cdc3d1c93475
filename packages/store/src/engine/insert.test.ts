import { expect, test } from 'vitest';
import { isRead, rawInsertOf } from './insert.ts';

test.each([
  ['INSERT INTO t FORMAT JSONEachRow', { table: 't', columns: undefined, format: 'JSONEachRow' }],
  ['insert into d.t (a, n.b)\n format CSV;', { table: 'd.t', columns: ['a', 'n.b'], format: 'CSV' }],
  ['INSERT INTO t SETTINGS async_insert=0 FORMAT JSONEachRow', undefined],
  ['INSERT INTO t SELECT 1 FORMAT JSONEachRow', undefined],
  ["INSERT INTO t VALUES ('FORMAT JSONEachRow", undefined],
  ['INSERT INTO t FORMAT Native', undefined],
  ['INSERT INTO t; DROP TABLE t FORMAT JSONEachRow', undefined],
  ['SELECT 1 FORMAT JSONEachRow', undefined],
])('%s', (query, insert) => {
  expect(rawInsertOf(query)).toEqual(insert);
});

test.each([
  ['SELECT 1', true],
  ['\n-- why\n/* and how */ (select 1)', true],
  ['WITH 1 AS n SELECT n', true],
  ['INSERT INTO t SELECT 1', false],
  ['-- SELECT\nALTER TABLE t DELETE WHERE 1', false],
  ['SELECTED', false],
  ['', false],
])('%s is a read: %s', (query, read) => {
  expect(isRead(query)).toBe(read);
});
