// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { hidden } from './side-scroll.tsx';

const at = (scrollLeft: number, scrollWidth = 720) => hidden({ scrollLeft, clientWidth: 360, scrollWidth });

describe('what is out of sight', () => {
  it('is nothing where all fits, give or take a pixel', () => {
    expect([at(0, 360), at(0, 361)]).toEqual(Array(2).fill({ left: false, right: false }));
  });

  it('is at the right at first, at both sides on the way, and at the left in the end', () => {
    expect([at(0), at(100), at(360)]).toEqual([
      { left: false, right: true },
      { left: true, right: true },
      { left: true, right: false },
    ]);
  });
});
