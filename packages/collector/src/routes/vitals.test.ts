import { expect, it } from 'vitest';
import { statusOf, vitalsOf } from './vitals.ts';

const paint = (at: number) => [at, 0, null];
const input = (at: number, duration: number) => [at, duration, null];
const shift = (at: number, value: number) => [at, 0, value];

it('takes the last of the largest paints, and the longest wait after an input', () => {
  expect(vitalsOf([paint(800), paint(2400), input(10, 120), input(20, 240)])).toEqual({
    lcp_ms: 2400,
    inp_ms: 240,
    cls: 0,
  });
});

const interaction = (id: number, duration: number) => [id, duration, null, null, id];

it('takes the longest event of an interaction, and no event that is none', () => {
  expect(vitalsOf([interaction(7, 120), interaction(7, 300), interaction(0, 900)])).toMatchObject({
    lcp_ms: 0,
    inp_ms: 300,
  });
});

it.each([
  [49, 900],
  [50, 400],
])('leaves one in fifty interactions out: of %i the wait is %i ms', (count, inp_ms) => {
  expect(vitalsOf([interaction(7, 900), interaction(14, 400), interaction(7 * count, 200)])).toMatchObject({
    inp_ms,
  });
});

it('counts no layout shift that an input has caused', () => {
  expect(
    vitalsOf([
      [5, 0, 0.5, true, null],
      [6, 0, 0.25, false, null],
    ]),
  ).toMatchObject({ cls: 0.25, inp_ms: 0 });
});

it('sums layout shifts of the worst window: a second apart at most, five seconds long', () => {
  const quiet = [shift(0, 0.1), shift(999, 0.1), shift(1999, 0.25)];
  expect(vitalsOf(quiet).cls).toBeCloseTo(0.25);
  const long = [0, 900, 1800, 2700, 3600, 4500, 5400].map((at) => shift(at, 0.1));
  expect(vitalsOf(long).cls).toBeCloseTo(0.6);
});

it('knows the status of the document’s load, which is no input, however long it took', () => {
  const load = (status?: number | null) => [0, 1800, null, null, null, status];
  expect([load(404), load(null), load()].map((entry) => statusOf([paint(800), entry]))).toEqual([
    404,
    undefined,
    undefined,
  ]);
  expect(
    statusOf([paint(800), [40, 104, null, null, 7, 404], [0, 0, 0.1, false, null, 404]]),
  ).toBeUndefined();
  expect(vitalsOf([load(404), paint(800)])).toEqual({ lcp_ms: 800, inp_ms: 0, cls: 0 });
});

it('makes nothing of what is no entry', () => {
  expect(vitalsOf([null, 'x', [], [{}], [-1, 5], ['1', 2, 3], [Number.NaN]])).toEqual({
    lcp_ms: 0,
    inp_ms: 0,
    cls: 0,
  });
});
