// @vitest-environment happy-dom
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { options } from '../options.ts';
import { waiting } from '../outbox.ts';
import { see } from '../recorder.ts';
import { cart } from './cart.ts';

/** What the tag waits for by itself, and its idle moment. */
const MOMENT_MS = 500;

beforeAll(() => {
  vi.useFakeTimers();
  Object.assign(options, { site: 'shop', endpoint: '/e' });
  // The shop takes two seconds, and the collector for ever.
  vi.stubGlobal(
    'fetch',
    (address: string) =>
      new Promise((resolve) => {
        if (address !== '/e') setTimeout(() => resolve(new Response('{"id":44}')), 2_000);
      }),
  );
  cart(see);
});
afterAll(() => vi.useRealTimers());

it('keeps what waits until the shop has answered an add, and no longer where `once` is left out', async () => {
  fetch('/cart/add.js', { method: 'POST', body: 'id=44' });
  see('script', 'cart_added', {});
  await vi.advanceTimersByTimeAsync(2_000);
  expect(waiting()).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(MOMENT_MS);
  expect(waiting()).toHaveLength(2);
});
