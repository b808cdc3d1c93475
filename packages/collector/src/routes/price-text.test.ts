import { expect, it } from 'vitest';
import { plainPrice } from './price-text.ts';

it.each([
  ['95000', 'VND', '95000'],
  ['95.000', 'VND', '95000'],
  ['95.000₫', undefined, '95000'],
  ['1.290.000 đ', 'VND', '1290000'],
  ['19,90', 'EUR', '19.90'],
  ['19.90', 'EUR', '19.90'],
  ['1.290,50 €', 'EUR', '1290.50'],
  ['$1,290.50', 'USD', '1290.50'],
  ['1,290', 'USD', '1290'],
  ['1,290,000', 'VND', '1290000'],
  ['0.125', 'USD', '0.125'],
  ['12.500', 'KWD', '12.500'],
  ['-5.5', 'USD', '-5.5'],
  ['Rs. 1 290', 'INR', '1290'],
  ['free', 'USD', undefined],
  ['1-2', 'USD', undefined],
  ['', 'USD', undefined],
])('reads %s in %s as %s', (text, currency, expected) => {
  expect(plainPrice(text, currency)).toBe(expected);
});
