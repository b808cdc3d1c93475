import { expect, it } from 'vitest';
// @ts-expect-error: the build's steps are plain JavaScript.
import { settled } from '../build/settled.mjs';

const tight = (code: string) => code.replace(/\s+/g, '');

/** The statement of the top that all starts with; `on` is what features may put another in the place of. */
const started = (on: string, rest: string) =>
  `let on = ${on}; const other = (x) => g(x); start(() => { { on = other; } }); ${rest}`;

it('calls by its own name what is set for good when all starts', () => {
  expect(tight(settled(started('(x) => 0', 'f(() => on(on2.on, { on: 1 }, { on() {} }));')))).toBe(
    'constother=(x)=>g(x);start(()=>{{}});f(()=>other(on2.on,{on:1},{on(){}}));',
  );
});

it.each([
  ['what it is given', 'let on = (x) => x; f(on(1 + 1));', 'f((1+1));'],
  ['one of what it is given', 'let on = (x, _y) => x; f(on(a.b, y));', 'f((a.b));'],
  [
    'what it is given to another of it',
    'let on = (x, then, _id) => then(x); const a = (id) => on(h(), (y) => f(y), id);',
    'consta=(id)=>((y)=>f(y))((h()));',
  ],
  [
    'itself, one by the other',
    'let a = (x) => x; let b = (x, t) => t(x); b(a(1), (y) => f(y));',
    '((y)=>f(y))(((1)));',
  ],
])('leaves out a function that nobody sets and that hands on %s', (_what, code, expected) => {
  expect(tight(settled(code))).toBe(expected);
});

it.each([
  ['is async', 'let on = async (x) => x; on(1).then(f);'],
  ['has a parameter with a default', 'let on = (x = 1) => x; f(on(undefined));'],
  ['takes a list', 'let on = (...x) => x; f(on(1, 2));'],
  ['takes an object apart', 'let on = ({ x }, y) => y; f(on(1, 2));'],
  ['uses something twice', 'let on = (then, x) => then(x, x); on(f, i++);'],
  ['may call nothing', 'let on = (then, x) => then?.(x); on(f, 1);'],
  ['does something of its own', 'let on = (x) => g(x); on(1);'],
  ['is called with a list', 'let on = (_x, y) => y; f(on(...a, 2));'],
  ['is called with too little', 'let on = (x) => x; f(on());'],
  ['is called with something to do that it leaves out', 'let on = (x, _y) => x; f(on(1, g()));'],
  ['is given a method to call, which would know its object', 'let on = (then, x) => then(x); on(a.b, 1);'],
  ['is called within a call of it', 'let on = (x) => x; f(on(on(1) + 2));'],
  ['is used as a value', 'let on = (x) => x; f(on);'],
  ['may be missing', 'let on = (x) => x; f(on?.(1));'],
  ['stands in a list of variables', 'let on = (x) => x, two = 2; f(on(two));'],
  ['has the name of another', 'let on = (x) => x; f((on) => on(1));'],
])('leaves a function that %s', (_what, code) => {
  expect(settled(code)).toBe(code);
});

const set = (start: string) => `let on = (x) => 0; const other = (x) => g(x); ${start}; on(1);`;
it.each([
  ['in a condition', set('start(() => { if (a) { on = other; } })')],
  ['later', set('start(() => { later(() => { on = other; }); })')],
  ['after a wait', set('start(async () => { await a; on = other; })')],
  ['after what may end all', set('start(() => { if (a) return; on = other; })')],
  ['by a listener', set('a.listen(() => { on = other; })')],
  ['to what is no name', 'let on = (x) => 0; start(() => { on = () => 1; }); on(1);'],
  [
    'to what is set itself',
    'let on = (x) => 0; let other = (x) => g(x); other = h; start(() => { on = other; }); on(1);',
  ],
  ['twice', started('(x) => 0', 'f(() => { on = g; }); on(1);')],
  ['unless it is there', started('(x) => 0', 'f(() => { on ||= g; }); on(1);')],
  ['from a list', started('(x) => 0', 'f(() => { [on] = g; }); on(1);')],
  ['from an object', started('(x) => 0', 'f(() => { ({ on } = g); }); on(1);')],
])('leaves a function that is set %s', (_what, code) => {
  expect(settled(code)).toBe(code);
});

it.each([
  ['where another has the name of what it is set to', started('(x) => 0', 'f((other) => on(other));')],
  ['that stands in an object by its name', started('(x) => 0', 'f({ on }); on(1);')],
  ['that calls itself', started('(x) => on(x.y)', 'on(1);')],
])('leaves a function that is set when all starts, %s', (_what, code) => {
  expect(settled(code)).toBe(code);
});
