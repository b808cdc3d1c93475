import { expect, test } from 'vitest';
import { Random } from './random.ts';

const draws = (random: Random, count = 10_000) => Array.from({ length: count }, () => random.next());

test('one seed and label give one stream, on every machine', () => {
  expect(draws(new Random(7, 'a'), 3)).toEqual(draws(new Random(7, 'a'), 3));
  expect(draws(new Random(7, 'a'), 3)).not.toEqual(draws(new Random(7, 'b'), 3));
  expect(draws(new Random(7, 'a'), 3)).not.toEqual(draws(new Random(8, 'a'), 3));
});

test('draws lie in [0, 1) and fill it evenly', () => {
  const tenths = new Array<number>(10).fill(0);
  for (const draw of draws(new Random(1, 'even'))) tenths[Math.floor(draw * 10)]! += 1;
  for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
});

test('waiting times have the mean they are asked for, and an end', () => {
  const random = new Random(1, 'waiting');
  const waits = Array.from({ length: 10_000 }, () => random.waiting(10));
  expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length).toBeCloseTo(10, 0);
  expect(Math.max(...waits)).toBeLessThanOrEqual(60);
});

test('weights are kept to', () => {
  const random = new Random(1, 'weights');
  const picked = Array.from({ length: 10_000 }, () => random.weighted([1, 3], (weight) => weight));
  expect(picked.filter((weight) => weight === 3).length / 10_000).toBeCloseTo(0.75, 1);
});
