import { describe, expect, it } from 'vitest';
import { bandRoom } from './band-room.ts';

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
