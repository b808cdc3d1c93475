import { describe, expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

/** The delay after measures that came so long after each other; each should have come after 100 ms. */
function after(...measures_ms: number[]): number {
  let now = 0;
  const delay = new LoopDelay(() => now);
  delay.stop();
  for (const passed of measures_ms) {
    now += passed;
    delay.measure();
  }
  return delay.ms;
}

describe('the delay of the event loop', () => {
  it('is nothing while its timer is on time', () => {
    expect(after(100, 100, 99, 100, 100)).toBe(0);
  });

  it('is nothing after pauses with a good moment between them', () => {
    expect(after(5_000, 1_600, 100, 5_000, 1_600)).toBe(0);
  });

  it('is the least of three pauses in a row, and gone with the next good moment', () => {
    expect(after(700, 600, 900)).toBe(500);
    expect(after(700, 600, 900, 100)).toBe(0);
  });
});
