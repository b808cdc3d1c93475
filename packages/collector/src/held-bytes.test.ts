import { describe, expect, it } from 'vitest';
import { HeldBytes } from './held-bytes.ts';

describe('the bytes that are held', () => {
  it('are taken up to the bound and again when they were given back', () => {
    const held = new HeldBytes(100);
    expect([held.take(60), held.take(41), held.take(40), held.take(1)]).toEqual([true, false, true, false]);
    held.give(60);
    expect([held.bytes, held.take(60)]).toEqual([40, true]);
  });
});
