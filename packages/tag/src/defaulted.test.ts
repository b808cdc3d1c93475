import { expect, it } from 'vitest';
// @ts-expect-error: the build's steps are plain JavaScript.
import { defaulted } from '../build/defaulted.mjs';

it.each([
  [
    'after its own',
    'let a = x => { let b = f(x); return b + b }; a(1)',
    'let a = (x,b = f(x))=> {  return b + b }; a(1)',
  ],
  [
    'several, which see those before',
    'let a = (x, y) => { let b = x, c = b + y; f(b, c) }; a(1); a(1, 2)',
    'let a = (x,y,b = x,c = b + y)=> {  f(b, c) }; a(1); a(1, 2)',
  ],
  [
    'that are taken apart',
    'let a = () => { let { b, c } = f(), [d] = c; g(b, d) }; a()',
    'let a = ({ b, c } = f(),[d] = c)=> {  g(b, d) }; a()',
  ],
  [
    'of an async function',
    'let a = async x => { let b = f(x); g(b) }; a(1)',
    'let a = async(x,b = f(x))=> {  g(b) }; a(1)',
  ],
  [
    'in parentheses, within another',
    'let a = () => { g(); let b = (x => { let c = x; f(c) }); b(1) }; a()',
    'let a = () => { g(); let b = ((x,c = x)=> {  f(c) }); b(1) }; a()',
  ],
  [
    'of a listener',
    'on(window, "a b", ({ type }) => { let { x } = f(type); g(x) }, 1)',
    'on(window, "a b", ({ type },{ x } = f(type))=> {  g(x) }, 1)',
  ],
])('makes parameters of the variables that a function begins with: %s', (_what, code, expected) => {
  expect(defaulted(code)).toBe(expected);
});

it.each([
  ['is given more than it takes', 'let a = x => { let b = f(x); return b }; a(1, 2)'],
  ['is given a list', 'let a = x => { let b = f(x); return b }; a(...y)'],
  ['takes a list', 'let a = (...x) => { let b = f(x); return b }; a(1)'],
  ['is handed on', 'let a = x => { let b = f(x); return b }; on(a)'],
  ['gives way to another', 'let a = x => { let b = f(x); return b }; a = g; a(1)'],
  ['shares its name', 'let a = x => { let b = f(x); return b }; a(1); { let a = g; a(1, 2) }'],
  ['does something before', 'let a = x => { f(x); let b = x; return b }; a(1)'],
  ['has a variable without a value', 'let a = x => { let b; b = x; return b }; a(1)'],
  ['waits for the value', 'let a = async () => { let b = await f(); g(b) }; a()'],
  ['listens to nothing that it is told', 'on(window, "a", () => { let b = f(); g(b) })'],
  ['is handed to somebody else', 'f((x) => { let b = x; g(b) })'],
  ['has in it what is declared further down', 'let a = () => { let b = () => c; f(b); let c = 1 }; a()'],
])('leaves a function that %s', (_what, code) => {
  expect(defaulted(code)).toBe(code);
});
