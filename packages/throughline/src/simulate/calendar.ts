import type { Random } from './random.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** How busy a shop is by hour of the day: lunch break, and the evening on the sofa. */
const HOURS = [
  0.35, 0.2, 0.12, 0.1, 0.1, 0.2, 0.45, 0.7, 0.95, 1.15, 1.25, 1.4, 1.55, 1.35, 1.15, 1.1, 1.1, 1.1, 1.2, 1.5,
  1.9, 2.05, 1.6, 0.85,
];
/** From Sunday. */
const WEEKDAYS = [1.2, 0.95, 0.9, 0.92, 0.95, 1, 1.1];
/** Gifts before Tết and at the year's end, a slow summer. */
const MONTHS = [1.2, 0.8, 1, 0.95, 0.92, 0.85, 0.82, 0.88, 0.98, 1.08, 1.25, 1.3];
/** Sale days that Vietnamese shops live by, and the two women's days. `MM-DD`. */
const SALES: Readonly<Record<string, number>> = {
  '03-08': 1.7,
  '06-06': 1.3,
  '07-07': 1.3,
  '08-08': 1.4,
  '09-09': 1.6,
  '10-10': 1.6,
  '10-20': 1.8,
  '11-11': 2.2,
  '11-27': 1.6,
  '12-12': 2,
};

/** The days of the history, in the shop's zone. */
export interface Calendar {
  /** Milliseconds since 1970; `end` is exclusive. */
  start: number;
  end: number;
  /** A moment in the range, on a busy day rather than a quiet one. */
  moment(random: Random): number;
  /** A believable hour on the local day of `time`, or on the next one when that hour has passed. */
  hourOn(time: number, random: Random): number;
  /** How busy the local day of `time` is; 1 is usual. */
  busy(time: number): number;
}

/** `start` is a local date, `2026-05-23`. Throws RangeError when it is none, or the zone is unknown. */
export function calendar(start: string, days: number, timezone: string): Calendar {
  const offset = offsetOf(timezone);
  const first = Date.parse(`${start}T00:00:00Z`);
  if (Number.isNaN(first)) throw new RangeError(`The start "${start}" is not a date like 2026-05-23.`);
  const dates = Array.from({ length: days + 1 }, (_, day) => {
    const midnight = first + day * DAY_MS;
    const date = new Date(midnight);
    const weight =
      WEEKDAYS[date.getUTCDay()]! *
      MONTHS[date.getUTCMonth()]! *
      (SALES[date.toISOString().slice(5, 10)] ?? 1) *
      (1 + (0.35 * day) / Math.max(1, days));
    return { start: midnight - offset(midnight), weight };
  });
  const range = { start: dates[0]!.start, end: dates[days]!.start };
  const open = dates.slice(0, days);
  const hours = HOURS.map((weight, hour) => ({ weight, hour }));
  const dayOf = (time: number) => open.findLast((date) => date.start <= time) ?? open[0]!;
  const hourFrom = (day: number, random: Random) =>
    Math.floor(day + random.weighted(hours, ({ weight }) => weight).hour * HOUR_MS + random.next() * HOUR_MS);
  return {
    ...range,
    moment: (random) =>
      Math.min(range.end - 1, hourFrom(random.weighted(open, ({ weight }) => weight).start, random)),
    hourOn(time, random) {
      const moment = hourFrom(dayOf(time).start, random);
      return moment > time ? moment : moment + DAY_MS;
    },
    busy: (time) => dayOf(time).weight,
  };
}

/** Milliseconds to take from a local wall clock, read as if it were UTC, to get UTC. */
function offsetOf(timezone: string): (localMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
  const at = (utc: number) => {
    const name = format.formatToParts(utc).find((part) => part.type === 'timeZoneName')!.value;
    const [, sign, hour, minute] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)!;
    return sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute)) * 60_000;
  };
  return (local) => at(local - at(local));
}
