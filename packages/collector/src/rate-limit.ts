import { LIMITS } from '@throughline/contract';
import { Lru } from './lru.ts';

export interface RateLimit {
  /** Of one address, on average. */
  events_per_s: number;
  /** That may come at once. */
  burst_events: number;
}

/** A page opened in many tabs, or a queue kept while offline, comes at once: a minute's worth may. */
const BURST_S = 60;

/** The limit by its average alone, as an operator sets it. */
export const rateLimit = (events_per_s: number | 'off'): RateLimit | 'off' =>
  events_per_s === 'off'
    ? 'off'
    : // Never below one full batch, which could not pass at any time then.
      { events_per_s, burst_events: Math.max(events_per_s * BURST_S, LIMITS.batch_events_max) };

/** Far above what one household browses, and below what floods the table. */
export const RATE_LIMIT: RateLimit = { events_per_s: 50, burst_events: 50 * BURST_S };

const ADDRESSES_MAX = 50_000;
const LOCAL = /^(127\.|::1$|::ffff:127\.)/;

/** A token bucket per address, in memory only. Addresses of this machine are not limited: behind a proxy that is everybody. */
export class RateLimiter {
  readonly #buckets = new Lru<string, { events: number; at: number }>(ADDRESSES_MAX);
  readonly #limit: RateLimit | 'off';

  constructor(limit: RateLimit | 'off') {
    this.#limit = limit;
  }

  /** Takes `events` from the address' bucket. Seconds to wait when it has too few; 0 when they were taken. */
  wait_s(address: string, events: number, now_ms: number): number {
    if (this.#limit === 'off' || address === '' || LOCAL.test(address)) return 0;
    const { events_per_s, burst_events } = this.#limit;
    const bucket = this.#buckets.get(address) ?? { events: burst_events, at: now_ms };
    const passed_s = Math.max(0, now_ms - bucket.at) / 1000;
    const left = Math.min(burst_events, bucket.events + passed_s * events_per_s) - events;
    this.#buckets.set(address, { events: left < 0 ? left + events : left, at: now_ms });
    return left < 0 ? Math.max(1, Math.ceil(-left / events_per_s)) : 0;
  }
}
