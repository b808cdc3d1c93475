import { describe, expect, it } from 'vitest';
import { HeldBytes } from './held-bytes.ts';

describe('the bytes that are held', () => {
  it('are taken up to the bound and again when they were given back', () => {
    const held = new HeldBytes({ all: 100, of_sender: 100 });
    const take = (bytes: number) => held.take(bytes, '');
    expect([take(60), take(41), take(40), take(1)]).toEqual([true, false, true, false]);
    held.give(60, '');
    expect([held.bytes, take(60)]).toEqual([40, true]);
  });

  it('are no more than its share of one sender, so that there is room for others', () => {
    const held = new HeldBytes({ all: 100, of_sender: 30 });
    expect([held.take(30, 'one'), held.take(1, 'one'), held.take(30, 'two'), held.take(40, '')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    held.give(10, 'one');
    expect([held.bytes, held.take(11, 'one'), held.take(10, 'one')]).toEqual([90, false, true]);
  });
});
