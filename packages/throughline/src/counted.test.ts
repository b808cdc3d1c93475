import { expect, it } from 'vitest';
import { counted } from './counted.ts';

it.each([
  [0, '0 sites'],
  [1, '1 site'],
  [1000, '1,000 sites'],
])('says how many of %i', (count, text) => {
  expect(counted(count, 'site')).toBe(text);
});
