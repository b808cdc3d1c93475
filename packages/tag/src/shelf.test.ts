// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { listAt, put } from './shelf.ts';

it.each([
  ['nothing', undefined, []],
  ['a list', '["s.1",5,2]', ['s.1', 5, 2]],
  ['no JSON', 's.1', undefined],
  ['an object', '{"at":5}', undefined],
  ['a number', '5', undefined],
])('reads %s as a list, or as none', (_what, text, expected) => {
  if (text) put('tl_s', text);
  expect(listAt('tl_s')).toEqual(expected);
});
