import { expect, it } from 'vitest';
import { vitalsOf } from './vitals.ts';

const paint = (at: number) => [at, 0, null, null];
const input = (at: number, duration: number, interaction: number | null) => [at, duration, null, interaction];
const shift = (at: number, value: number) => [at, 0, value, null];

it('takes the last of the largest paints', () => {
  expect(vitalsOf([paint(800), paint(2400)])).toEqual({ lcp_ms: 2400, inp_ms: 0, cls: 0 });
});

it('takes the longest event of each interaction, and none that is no interaction', () => {
  const entries = [input(10, 120, 7), input(10, 180, 7), input(300, 900, 0), input(900, 104, 14)];
  expect(vitalsOf(entries).inp_ms).toBe(180);
});

it('takes each input for an interaction where the browser numbers none', () => {
  expect(vitalsOf([input(10, 120, null), input(20, 240, null)]).inp_ms).toBe(240);
});

it('leaves out the longest of fifty interactions', () => {
  const [first, last] = [7, 7 + 7 * 49];
  const entries = [input(10, 2000, first), input(20, 300, 14), input(30, 200, last)];
  expect(vitalsOf(entries).inp_ms).toBe(300);
  expect(vitalsOf(entries.slice(0, 2)).inp_ms).toBe(2000);
});

it('sums layout shifts of the worst window: a second apart at most, five seconds long', () => {
  const quiet = [shift(0, 0.1), shift(999, 0.1), shift(1999, 0.25)];
  expect(vitalsOf(quiet).cls).toBeCloseTo(0.25);
  const long = [0, 900, 1800, 2700, 3600, 4500, 5400].map((at) => shift(at, 0.1));
  expect(vitalsOf(long).cls).toBeCloseTo(0.6);
});

it('makes nothing of what is no entry', () => {
  expect(vitalsOf([null, 'x', [], [{}], [-1, 5], ['1', 2, 3], [Number.NaN]])).toEqual({
    lcp_ms: 0,
    inp_ms: 0,
    cls: 0,
  });
});
