import { expect, it } from 'vitest';
// @ts-expect-error: the build's steps are plain JavaScript.
import { ahead, askedFor } from '../build/ahead.mjs';
// @ts-expect-error: as above.
import { inlined } from '../build/inlined.mjs';
// @ts-expect-error: as above.
import { renamed, variablesOf } from '../build/names.mjs';
// @ts-expect-error: as above.
import { arranged } from '../build/order.mjs';

const tight = (code: string) => code.replace(/\s+/g, '');

it.each([
  [
    'a feature that is started once',
    'const pages = (see) => { let shown = 1; see(shown) }; start(() => { pages(see) })',
    'start(()=>{{letshown=1;see(shown)}})',
  ],
  [
    'what is only an expression',
    'const a = (see) => see(1); start(() => { a(see); })',
    'start(()=>{{see(1);}})',
  ],
  [
    'one within another',
    'const b = () => { let x = 1; f(x) }; const a = () => { b() }; start(() => { a() })',
    'start(()=>{{{letx=1;f(x)}}})',
  ],
])('puts %s in the place of its call', (_what, code, expected) => {
  expect(tight(inlined(code))).toBe(expected.replace(/^;*/, ''));
});

it.each([
  ['called twice', 'const a = () => { f() }; a(); a();'],
  ['used as a value', 'const a = () => { f() }; start(a);'],
  ['whose result counts', 'const a = () => { f() }; let b = a();'],
  ['that returns early', 'const a = () => { if (g) return; f() }; a();'],
  ['called with something of another name', 'const a = (see) => { see() }; a(look);'],
])('leaves a function %s', (_what, code) => {
  expect(inlined(code)).toBe(code);
});

it('is not misled by keys and properties of the same name', () => {
  expect(tight(inlined('const stop = () => { f() }; ({ stop: 1 }).stop; start(() => { stop() })'))).toBe(
    '({stop:1}).stop;start(()=>{{f()}})',
  );
});

it('makes assignments of setters whose calls are statements', () => {
  const setter = 'const setOn = (to) => { on = to; };';
  expect(tight(inlined(`let on = 0; ${setter} setOn(1); f(() => { setOn((x) => x) })`))).toBe(
    'leton=0;on=1;f(()=>{on=(x)=>x})',
  );
});

it.each([
  ['used as a value', 'f(setOn);'],
  ['called within a call of it', 'setOn(() => { setOn(2); });'],
  ['of something whose name another has', 'f((on) => { setOn(1); });'],
])('leaves a setter %s', (_what, rest) => {
  const code = `let on = 0; const setOn = (to) => { on = to; }; ${rest}`;
  expect(inlined(code)).toBe(code);
});

it('puts variables in the order asked for, but those that look at others when they are made after all others', () => {
  const code = '{let c=()=>2,d={},b=(x=>x),a=b(c());f(a)}';
  expect(arranged('{let b=(x=>x),a=b,c=()=>2,d={a:1};f(a)}', ['d', 'a', 'c'])).toBe(
    '{let d={a:1},c=()=>2,b=(x=>x),a=b;f(a)}',
  );
  expect(arranged(code, [])).toBe(code);
});

it('puts parentheses round the functions that a source names, and round the one that all is started with', () => {
  const source = '//# ahead: a c\n';
  expect(ahead('{let a=()=>1,b=()=>2;c=()=>3;(s=>s())(()=>{a()})}', askedFor(source))).toBe(
    '{let a=(()=>1),b=()=>2;c=(()=>3);(s=>s())((()=>{a()}))}',
  );
  expect(ahead('{let a=()=>1;(s=>s())(()=>{a()})}', askedFor(''))).toBe('{let a=()=>1;(s=>s())(()=>{a()})}');
});

it('takes the default of a destructured variable for no key', () => {
  const code = '{let d=1,f=({a=d})=>a;f({})}';
  expect(renamed(code, variablesOf(code), ['x', 'y', 'z'])).toBe('{let x=1,y=({a:z=x})=>z;y({})}');
});
