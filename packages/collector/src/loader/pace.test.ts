import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

function pace() {
  const state = { utilization: 1, now: 0 };
  return { state, pace: new Pace({ utilization: () => state.utilization, now: () => state.now }) };
}

describe('the pace of loading', () => {
  it('has no rests while there is time for everybody', () => {
    const { state, pace: of } = pace();
    state.utilization = 0.5;
    expect(of.rest_ms(400, 1)).toBe(0);
  });

  it('leaves three quarters of the time to a burst of requests, and never rests longer than five seconds', () => {
    const { pace: of } = pace();
    expect(of.rest_ms(100, 1)).toBe(300);
    expect(of.rest_ms(9_000, 1)).toBe(5_000);
  });

  it('has no rests any more after 30 seconds of burst, until it is over', () => {
    const { state, pace: of } = pace();
    expect(of.rest_ms(100, 1)).toBe(300);
    state.now = 30_001;
    expect(of.rest_ms(100, 1)).toBe(0);
    state.utilization = 0.1;
    expect(of.rest_ms(100, 1)).toBe(0);
    state.utilization = 1;
    expect(of.rest_ms(100, 1)).toBe(300);
  });

  it('ends a rest when the burst is over', () => {
    const { state, pace: of } = pace();
    of.rest_ms(100, 1);
    expect(of.calm()).toBe(false);
    state.utilization = 0.1;
    expect(of.calm()).toBe(true);
  });

  it('has no rests when the spool is more than half full', () => {
    expect(pace().pace.rest_ms(100, 0.4)).toBe(0);
  });
});
