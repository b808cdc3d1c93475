import { LIMITS } from '@throughline/contract';
import { Lru } from './lru.ts';

export interface RateLimit {
  /** Of one address or one key, on average. */
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

/** Of one address: far above what one household browses, and below what floods the table. */
export const RATE_LIMIT: RateLimit = { events_per_s: 50, burst_events: 50 * BURST_S };

/** Of one address, requests that are refused as a whole: each may cost a look into the store. */
export const REFUSED_LIMIT: RateLimit = { events_per_s: 10, burst_events: 10 * BURST_S };

/** Of one key: above what one collector can take in, so that it stops a loop gone wild and no import. */
export const KEY_RATE_LIMIT: RateLimit = { events_per_s: 50_000, burst_events: 50_000 * BURST_S };

const BUCKETS_MAX = 50_000;
const LOCAL = /^(127\.|::1$|::ffff:127\.)/;

/** Addresses of this machine are not limited: behind a proxy that is not told of, that is everybody. */
export const isLocal = (address: string): boolean => address === '' || LOCAL.test(address);

/** A token bucket for each name, in memory only. */
export class RateLimiter {
  readonly #buckets = new Lru<string, { events: number; at: number }>(BUCKETS_MAX);
  readonly #limit: RateLimit | 'off';

  constructor(limit: RateLimit | 'off') {
    this.#limit = limit;
  }

  /** Whether nobody has taken anything yet. */
  get isIdle(): boolean {
    return this.#buckets.size === 0;
  }

  /** Seconds to wait until the bucket holds one again; 0 when it does. Takes nothing. */
  empty_s(name: string, now_ms: number): number {
    if (this.#limit === 'off') return 0;
    const bucket = this.#buckets.get(name);
    if (!bucket) return 0;
    const { events_per_s } = this.#limit;
    const left = bucket.events + (Math.max(0, now_ms - bucket.at) / 1000) * events_per_s;
    return left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / events_per_s));
  }

  /** Takes `events` from the bucket. Seconds to wait when it has too few; 0 when they were taken. */
  wait_s(name: string, events: number, now_ms: number): number {
    if (this.#limit === 'off') return 0;
    const { events_per_s, burst_events } = this.#limit;
    const bucket = this.#buckets.get(name) ?? { events: burst_events, at: now_ms };
    const passed_s = Math.max(0, now_ms - bucket.at) / 1000;
    const left = Math.min(burst_events, bucket.events + passed_s * events_per_s) - events;
    this.#buckets.set(name, { events: left < 0 ? left + events : left, at: now_ms });
    return left < 0 ? Math.max(1, Math.ceil(-left / events_per_s)) : 0;
  }
}
