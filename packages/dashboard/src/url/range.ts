import type { Range } from '@throughline/contract';

export const PRESETS = ['today', '7d', '28d', '90d', '12m'] as const;
export type Preset = (typeof PRESETS)[number];

/** What the reader chose: a preset that moves with the calendar, or fixed days, both shown and both included. */
export type RangeChoice = Preset | { first: string; last: string };

export const DEFAULT_RANGE: RangeChoice = '28d';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `28d`, or `2026-10-01..2026-10-31`. Anything else, or days in the wrong order, is the default. */
export function parseRange(text: string | undefined): RangeChoice {
  if (text === undefined) return DEFAULT_RANGE;
  if ((PRESETS as readonly string[]).includes(text)) return text as Preset;
  const [first, last, more] = text.split('..');
  const valid = first && last && more === undefined && isDay(first) && isDay(last) && first <= last;
  return valid ? { first, last } : DEFAULT_RANGE;
}

export const formatRange = (choice: RangeChoice): string =>
  typeof choice === 'string' ? choice : `${choice.first}..${choice.last}`;

const isDay = (text: string) =>
  DAY.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;

/** First and last day, both included, in the site's zone. */
export function daysOf(choice: RangeChoice, timezone: string, now: Date): { first: string; last: string } {
  if (typeof choice !== 'string') return choice;
  const last = dayIn(timezone, now);
  if (choice === '12m') return { first: addDays(yearBefore(last), 1), last };
  const days = { today: 1, '7d': 7, '28d': 28, '90d': 90 }[choice];
  return { first: addDays(last, 1 - days), last };
}

/** The range as the API takes it: `to` is exclusive. */
export function rangeOf(choice: RangeChoice, timezone: string, now: Date): Range {
  const { first, last } = daysOf(choice, timezone, now);
  return { from: first, to: addDays(last, 1) };
}

/** As many days, ending where `range` begins. */
export function rangeBefore(range: Range): Range {
  const days = Math.round((Date.parse(range.to) - Date.parse(range.from)) / 86_400_000);
  return { from: addDays(range.from, -days), to: range.from };
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function yearBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
}

/** Which day it is in a zone; UTC's where the browser does not know the zone. */
export function dayIn(timezone: string, now: Date): string {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-CA', { ...options, timeZone: timezone }).format(now);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return now.toISOString().slice(0, 10);
  }
}
