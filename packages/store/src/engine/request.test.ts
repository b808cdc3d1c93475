import { expect, test } from 'vitest';
import { preamble } from './preamble.ts';
import { parseRequest } from './request.ts';

const parse = (query: string) => parseRequest(new URL(`http://engine/?${query}`));

test('settings and values become one SET after the database', () => {
  const request = parse(
    'database=shop&max_threads=2&readonly=1&param_name=x&query_id=q&default_format=CSV&query=SELECT',
  );
  expect(request).toMatchObject({ default_format: 'CSV', query: 'SELECT' });
  expect(preamble(request)).toEqual(['USE shop', "SET max_threads = '2', readonly = '1', param_name = 'x'"]);
});

test('a request without any has no preamble', () => {
  expect(preamble(parse('query=SELECT+1'))).toEqual([]);
});

test('a value cannot leave its quotes', () => {
  const text = `'; DROP TABLE t; -- \\'; DROP TABLE t; --`;
  const [set] = preamble(parse(`param_a=${encodeURIComponent(text)}`));
  expect(set).toBe(String.raw`SET param_a = '\'; DROP TABLE t; -- \\\'; DROP TABLE t; --'`);
});

test.each([
  ['the name of a value', "param_a'=1"],
  ['the name of a value with a space', 'param_a%20b=1'],
  ['the name of a setting', "max_threads'=1"],
  ['the value of a setting', "max_threads=1'%20--"],
  ['a backslash in a setting', 'session_timezone=a%5C'],
  ['the database', 'database=a;b'],
  ['the format', 'default_format=a%20b'],
  ['a session', 'session_id=s'],
  ['a role', 'role=admin'],
])('%s outside its alphabet is refused', (_name, query) => {
  expect(() => parse(query)).toThrow(/(is not a word|is refused|has no)/);
});

test('large values raise the limit of the statement they stand in', () => {
  const statements = preamble(parse(`param_a=${'x'.repeat(100_000)}`));
  expect(statements[0]).toBe('SET max_query_size = 16777216');
  expect(statements).toHaveLength(2);
});
