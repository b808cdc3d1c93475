import { expect, test } from 'vitest';
import { splitStatements } from './statements.ts';

test.each([
  ['two statements', 'SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
  ['one without an end', 'SELECT 1', ['SELECT 1']],
  ['nothing', ' \n ', []],
  ['comments alone', '-- one; two\n/* three; four */;;\n', []],
  ['a semicolon in quotes', `SELECT ';', ";", \`;\`; SELECT 2`, [`SELECT ';', ";", \`;\``, 'SELECT 2']],
  ['quotes in quotes', `SELECT 'it''s;', 'it\\'s;'; SELECT 2`, [`SELECT 'it''s;', 'it\\'s;'`, 'SELECT 2']],
  [
    'a quote in a comment',
    "-- it's\nSELECT 1; -- don't\nSELECT 2",
    ["-- it's\nSELECT 1", "-- don't\nSELECT 2"],
  ],
  ['a comment in quotes', "SELECT '--'; SELECT '/*'; SELECT 3", ["SELECT '--'", "SELECT '/*'", 'SELECT 3']],
  [
    'a backslash at the end of a quote',
    String.raw`SELECT '\\'; SELECT 2`,
    [String.raw`SELECT '\\'`, 'SELECT 2'],
  ],
])('%s', (_name, sql, statements) => {
  expect(splitStatements(sql)).toEqual(statements);
});
