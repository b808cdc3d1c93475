import { LIMITS } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import { isLocal, RateLimiter, rateLimit } from './rate-limit.ts';

describe('the rate limit', () => {
  it('lets a burst through, then as many as the rate allows', () => {
    const limiter = new RateLimiter({ events_per_s: 10, burst_events: 20 });
    expect(limiter.wait_s('198.51.100.7', 20, 0)).toBe(0);
    expect(limiter.wait_s('198.51.100.7', 15, 0)).toBe(2);
    expect(limiter.wait_s('198.51.100.8', 15, 0)).toBe(0);
    expect(limiter.wait_s('198.51.100.7', 15, 1_500)).toBe(0);
  });

  it('knows the addresses of this machine, and none at all', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '']) expect(isLocal(address)).toBe(true);
    for (const address of ['198.51.100.7', '12.7.0.1', '2001:db8::1']) expect(isLocal(address)).toBe(false);
  });

  it('set by its average lets a minute’s worth come at once, and never less than a full batch', () => {
    expect(rateLimit(200)).toEqual({ events_per_s: 200, burst_events: 12_000 });
    expect(new RateLimiter(rateLimit(1)).wait_s('198.51.100.7', LIMITS.batch_events_max, 0)).toBe(0);
    expect(rateLimit('off')).toBe('off');
  });

  it('gives nothing back for a clock that is set back', () => {
    const limiter = new RateLimiter({ events_per_s: 10, burst_events: 20 });
    limiter.wait_s('198.51.100.7', 20, 10_000);
    expect(limiter.wait_s('198.51.100.7', 10, 0)).toBe(1);
  });
});
