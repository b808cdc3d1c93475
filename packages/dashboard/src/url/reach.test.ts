import { expect, it } from 'vitest';
import { reachOf } from './reach.ts';

it.each([
  ['http://127.0.0.1:8787/', 'machine'],
  ['http://localhost/', 'machine'],
  ['https://shop.localhost/', 'machine'],
  ['http://[::1]:8787/', 'machine'],
  ['http://192.168.1.20:8787/', 'plain'],
  ['http://collect.shop.example/', 'plain'],
  ['https://collect.shop.example/', 'everybody'],
  ['https://127.0.0.1.shop.example/', 'everybody'],
])('tells of %s who gets to it: %s', (address, reach) => {
  expect(reachOf(new URL(address))).toBe(reach);
});
