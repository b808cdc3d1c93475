import { describe, expect, it } from 'vitest';
import { Pieces } from './pieces.ts';

describe('the pieces of a body', () => {
  it('are put together in their order, whatever their sizes', () => {
    const body = Buffer.from(Array.from({ length: 100_000 }, (_, n) => n % 251));
    const pieces = new Pieces();
    const sizes = [1, 1, 3_000, 7, 1_023, 1_024, 16_384, 0, 5];
    for (let at = 0, turn = 0; at < body.length; turn += 1) {
      const size = sizes[turn % sizes.length]!;
      pieces.add(body.subarray(at, at + size));
      at += size;
    }
    expect(pieces.whole().equals(body)).toBe(true);
  });

  it('are empty when none came', () => {
    expect(new Pieces().whole()).toHaveLength(0);
  });
});
