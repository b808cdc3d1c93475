import { describe, expect, it } from 'vitest';
import { bandMiddle, bandRoom } from './band-room.ts';

describe('the room beside the band', () => {
  it('is the same on both sides when the last stage was reached', () => {
    const { left, right } = bandRoom(7, 6);
    expect(left).toBeCloseTo(right);
  });

  it('leaves the columns free that nobody reached', () => {
    const whole = bandRoom(4, 3);
    expect(bandRoom(4, 1)).toEqual({ left: whole.left, right: whole.right + 50 });
  });
});

describe('the middle of a node', () => {
  it('is half a node inside the band at both ends, and in the middle in between', () => {
    const { left, right } = bandRoom(3, 2);
    expect([0, 1, 2].map((at) => bandMiddle(3, 2, at))).toEqual([
      `calc(${left}% + 6px)`,
      'calc(50% + 0px)',
      `calc(${100 - right}% + -6px)`,
    ]);
  });
});
