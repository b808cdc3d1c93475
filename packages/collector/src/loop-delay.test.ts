import { describe, expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

/** A delay whose measures come after these milliseconds; each should have come after 100. */
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
    expect(after(100, 100, 99, 100)).toBe(0);
  });

  it('stays low after one pause and rises with a second of them', () => {
    expect(after(100, 1_100, 100)).toBeLessThan(400);
    expect(after(700, 700, 700, 700)).toBeGreaterThan(400);
  });

  it('forgets within a second', () => {
    expect(after(1_100, 1_100, 1_100, ...Array(10).fill(100))).toBeLessThan(50);
  });
});
