import { LIMITS } from '@throughline/contract';

/** Differences between two right clocks and the time a request travels: not a clock that is off. */
const EVEN_MS = 2_000;

/** What to add to the sender's times; undefined when its clock is not to be trusted or it did not say. */
export function skewOf(sent_ms: number | undefined, received_ms: number): number | undefined {
  if (sent_ms === undefined) return undefined;
  const skew = received_ms - sent_ms;
  if (Math.abs(skew) > LIMITS.clock_skew_ms_max) return undefined;
  // Leaving small ones alone keeps the times of one session even across its requests.
  return Math.abs(skew) <= EVEN_MS ? 0 : skew;
}

export interface BrowserTime {
  at: unknown;
  sent_ms: number | undefined;
  received_ms: number;
}

/**
 * When a browser's event happened, by the collector's clock. `at` and `sent_ms` come from one clock, so the
 * event's age is right even where that clock is years off: arrival less age. Without a usable age: the arrival.
 */
export function browserTime({ at, sent_ms, received_ms }: BrowserTime): number {
  if (typeof at !== 'number' || !Number.isFinite(at) || sent_ms === undefined) return received_ms;
  const age = sent_ms - at;
  if (age > LIMITS.event_age_ms_max || age < -EVEN_MS) return received_ms;
  const skew = skewOf(sent_ms, received_ms);
  return Math.round(skew === undefined ? received_ms - Math.max(0, age) : at + skew);
}

const ISO_8601 = /^[+-]?\d{4,6}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since 1970 of ISO 8601 text (without a zone: UTC) or a number; undefined for anything else. */
export function millisecondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > 40 || !ISO_8601.test(value)) return undefined;
  const zoned = /[T ]/i.test(value) && !/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? `${value}Z` : value;
  const parsed = Date.parse(zoned);
  return Number.isNaN(parsed) ? undefined : parsed;
}

const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;

/**
 * When a server says it happened: its word, corrected only for a clock that is off by seconds to a day. A time
 * up to a day ahead counts as the arrival. Undefined when it cannot be read, lies further ahead, or further
 * back than LIMITS.history_years_max.
 */
export function serverTime({ at, sent_ms, received_ms }: BrowserTime): number | undefined {
  if (at === undefined || at === null) return received_ms;
  const said = millisecondsOf(at);
  if (said === undefined) return undefined;
  const time = Math.round(said + (skewOf(sent_ms, received_ms) ?? 0));
  if (time > received_ms + LIMITS.clock_skew_ms_max) return undefined;
  if (time < received_ms - LIMITS.history_years_max * YEAR_MS || time < 0) return undefined;
  return Math.min(time, received_ms);
}
