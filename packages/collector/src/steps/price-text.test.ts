import { expect, it } from 'vitest';
import { amountIn, plainPrice } from './price-text.ts';

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

it.each([
  ['12.50', 'USD', 12.5],
  ['1e3', 'USD', 1_000],
  ['19.500', 'EUR', 19.5],
  ['285.000', 'VND', 285_000],
  ['285.000', 'vnd', 285_000],
  ['1.285.000', 'VND', 1_285_000],
  ['285000.000', 'VND', 285_000],
  ['0.500', 'VND', 0.5],
  ['1.299.000₫', 'VND', 1_299_000],
  ['1.299.000 đ', 'VND', 1_299_000],
  ['VND 285,000', 'VND', 285_000],
  ['19,90', 'EUR', 19.9],
  ['19,90 €', 'EUR', 19.9],
  ['kr. 1 290,00', 'SEK', 1_290],
  ["1'290.50", 'CHF', 1_290.5],
  ['from 5 to 10', 'USD', undefined],
  ['5 items', 'USD', undefined],
  ['1.290,50 €', 'EUR', 1_290.5],
  ['10%', 'USD', undefined],
  ['28.11.2026', 'USD', undefined],
  ['1.2.3', 'USD', undefined],
  ['192.168.0.1', 'USD', undefined],
  ['0912 345 678', 'VND', undefined],
  ['1.290.50', 'USD', undefined],
  ['12abc', 'USD', undefined],
  ['12 EUR', 'USD', undefined],
  ['12 usd', 'USD', 12],
  ['1-2', 'USD', undefined],
  ['', 'USD', undefined],
  ['9'.repeat(41), 'USD', undefined],
])('takes %s, sent in %s, for %s', (text, currency, expected) => {
  expect(amountIn(text, currency)).toBe(expected);
});
