import { expect, it } from 'vitest';
// @ts-expect-error: the build's steps are plain JavaScript.
import { applied } from '../build/applied.mjs';
// @ts-expect-error: as above.
import { unread } from '../build/unread.mjs';

const tight = (code: string) => code.replace(/\s+/g, '');

it.each([
  ['after a text', `((x) => f('a', x))({ ...y });`, `(f('a', ({ ...y })));`],
  ['in an object', '((x) => f({}, { a: { b, x, ...c } }))(g());', '(f({}, { a: { b, x: (g()), ...c } }));'],
  ['alone', '((x) => x)(g());', '((g()));'],
  ['first of all', '((x) => f(x, h()))(g());', '(f((g()), h()));'],
  ['one within another', '((x) => f(x))(((y) => g(y))(1));', '(f(((g((1))))));'],
])('puts the argument in its place: %s', (_what, code, expected) => {
  expect(tight(applied(code))).toBe(tight(expected));
});

it.each([
  ['uses it twice', '((x) => f(x, x))(g());'],
  ['uses it never', '((x) => f())(g());'],
  ['does something before', '((x) => f(h(), x))(g());'],
  ['reads a property before', '((x) => f(h.y, x))(g());'],
  ['copies an object before', '((x) => f({ ...h, x }))(g());'],
  ['calls it later', '((x) => () => x)(g());'],
  ['may not come to it', '((x) => a && x)(g());'],
  ['has a body of statements', '((x) => { return x; })(g());'],
  ['is async', '(async (x) => x)(g());'],
  ['takes it apart', '(({ x }) => f(x))(g());'],
  ['has a default', '((x = 1) => f(x))(g());'],
  ['takes a list', '((...x) => f(x))(g());'],
  ['is given a list', '((x) => f(x))(...g);'],
  ['is given two', '((x) => f(x))(g(), h());'],
  ['is given nothing', '((x) => f(x))();'],
])('leaves a call whose function %s', (_what, code) => {
  expect(applied(code)).toBe(code);
});

it.each([
  ['alone', 'let a; f(async () => { a = await g(), h(); });', 'f(async () => { await g(), h(); });'],
  ['first of a list', 'let a, b = 1; a = g(b);', 'let b = 1; g(b);'],
  ['last of a list', 'let b = 1, a; a = g(b); a = b;', 'let b = 1; g(b); b;'],
])('leaves out a variable that is never read: %s', (_what, code, expected) => {
  expect(tight(unread(code))).toBe(tight(expected));
});

it.each([
  ['is read', 'let a; a = g(); f(a);'],
  ['has a value', 'let a = f(); a = g();'],
  ['is counted up', 'let a; a += 1;'],
  ['is set from an object', 'let a; ({ a } = g());'],
  ['has the name of another', 'let a; a = g(); f((a) => { a = 1; });'],
  ['is looked at', 'let a; a = 1; f(typeof a);'],
])('leaves a variable that %s', (_what, code) => {
  expect(unread(code)).toBe(code);
});
