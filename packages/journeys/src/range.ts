import { LIMITS, type Range } from '@throughline/contract';
import { badRequest } from './parse.ts';

/** Milliseconds since 1970; `from` inclusive, `to` exclusive. */
export interface Span {
  from_ms: number;
  to_ms: number;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;
const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/** The range as instants. Throws ProblemError 400 `bad_date` or `bad_range`; `at` is the place of the range. */
export function spanOf(range: Range, timezone: string, at = ''): Span {
  const place = (key: string) => (at === '' ? key : `${at}.${key}`);
  const from_ms = instantOf(range.from, timezone, place('from'));
  const to_ms = instantOf(range.to, timezone, place('to'));
  if (to_ms <= from_ms) {
    throw badRequest('bad_range', '`to` is exclusive and must be later than `from`.', place('to'));
  }
  if (to_ms - from_ms > (LIMITS.range_days_max + 1) * DAY_MS) {
    throw badRequest('bad_range', `A range covers at most ${LIMITS.range_days_max} days.`, place('to'));
  }
  return { from_ms, to_ms };
}

function instantOf(text: string, timezone: string, at: string): number {
  const date = DATE.exec(text);
  const ms = date ? utcDate(date) : INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (ms < EARLIEST_MS || ms > LATEST_MS) {
    throw badRequest('bad_date', 'Give a date from 1970-01-01 to 2200-01-01.', at);
  }
  if (Number.isNaN(ms)) {
    throw badRequest(
      'bad_date',
      'Write a date (2026-11-22, in the site’s zone) or an instant with its zone (2026-11-22T03:04:05Z).',
      at,
    );
  }
  return date ? startOfDay(ms, timezone) : ms;
}

/** NaN for a day that does not exist, such as February 30 or any of month 13. */
function utcDate([, year, month, day]: RegExpExecArray): number {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const exists = new Date(ms).toISOString().startsWith(`${year}-${month}-${day}`);
  return exists ? ms : Number.NaN;
}

/**
 * The first instant whose date in the zone is that of `utc_midnight_ms` or later: 00:00 on nearly all days,
 * 01:00 where the clocks skip midnight. Searched, not computed from an offset, so that it is right next to
 * every change of the clocks.
 */
function startOfDay(utc_midnight_ms: number, timezone: string): number {
  const format = dayFormat(timezone);
  let before = utc_midnight_ms - 15 * 3_600_000;
  let after = utc_midnight_ms + 15 * 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDay(format, middle) >= utc_midnight_ms) after = middle;
    else before = middle;
  }
  return after;
}

function dayFormat(timezone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
}

function localDay(format: Intl.DateTimeFormat, ms: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = Number(value);
  return Date.UTC(part.year!, part.month! - 1, part.day!);
}
