import type { Language } from '../state/language.ts';
import { ago } from './ago.ts';
import { duration } from './duration.ts';

/** Numbers, money and times as the reader's language writes them, in the site's currency and zone. */
export interface Format {
  /** 12,345; from `compact_from` on in short form (1.2M). */
  count(value: number): string;
  exact(value: number): string;
  /** For tight places: short form from 100,000 on. */
  short(value: number): string;
  money(value: number, currency?: string): string;
  moneyShort(value: number, currency?: string): string;
  /** 0.1234 becomes 12.3%. */
  share(value: number): string;
  /** 0.12 becomes +12%. */
  change(value: number): string;
  decimal(value: number): string;
  /** Seconds, in the two largest units. */
  duration(seconds: number): string;
  day(time: string): string;
  /** A day without a time, `2026-11-22`, which no zone may move. */
  date(day: string): string;
  time(time: string): string;
  moment(time: string): string;
  /** How long ago, in the largest unit: 3 seconds ago. From a week on the day. */
  ago(time: string): string;
  hour(time: string): string;
  /** First and last day, both shown. */
  days(first: string, last: string): string;
  country(code: string): string;
}

const COMPACT_FROM = 1_000_000;
const SHORT_FROM = 100_000;
/** Below this, money keeps its cents even in tight places. */
const CENTS_BELOW = 10_000;

export function makeFormat(place: { language: Language; currency: string; timezone: string }): Format {
  const { language, timezone } = place;
  // Making an Intl formatter costs far more than using it, and a table uses one a cell.
  const formatters = new Map<string, Intl.NumberFormat>();
  const number = (options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    const made = formatters.get(key) ?? new Intl.NumberFormat(language, options);
    formatters.set(key, made);
    return made;
  };
  const dates = (options: Intl.DateTimeFormatOptions) => zoned(language, timezone, options);
  const day = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const moment = dates({
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const hour = dates({ day: 'numeric', month: 'short', hour: '2-digit', hourCycle: 'h23' });
  const calendar = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(language, { type: 'region' });

  const compact = (value: number, from: number) =>
    Math.abs(value) >= from
      ? number({ notation: 'compact', maximumFractionDigits: 1 }).format(value)
      : number({ maximumFractionDigits: 0 }).format(value);
  const money = (value: number, currency: string | undefined, options: Intl.NumberFormatOptions) => {
    const code = currency || place.currency;
    // What a shop sends as currency is not always a code that Intl knows how to accept.
    return /^[A-Za-z]{3}$/.test(code)
      ? number({ style: 'currency', currency: code.toUpperCase(), ...options }).format(value)
      : `${number(options).format(value)} ${code}`.trim();
  };
  const parsed = (text: string, show: (date: Date) => string) => {
    const date = new Date(text);
    return Number.isNaN(date.getTime()) ? text : show(date);
  };

  return {
    count: (value) => compact(value, COMPACT_FROM),
    exact: (value) => number({ maximumFractionDigits: 0 }).format(value),
    short: (value) => compact(value, SHORT_FROM),
    money: (value, currency) => money(value, currency, {}),
    moneyShort: (value, currency) => {
      const size = Math.abs(value);
      if (size >= COMPACT_FROM)
        return money(value, currency, {
          notation: 'compact',
          maximumFractionDigits: 1,
          minimumFractionDigits: 0,
        });
      return money(value, currency, size >= CENTS_BELOW ? { maximumFractionDigits: 0 } : {});
    },
    share: (value) => {
      const digits = value !== 0 && Math.abs(value) < 0.0995 ? 1 : 0;
      return number({ style: 'percent', maximumFractionDigits: digits }).format(value);
    },
    change: (value) =>
      number({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value),
    decimal: (value) => number({ maximumFractionDigits: 1 }).format(value),
    duration: (seconds) => duration(seconds, language),
    day: (text) => parsed(text, (date) => day.format(date)),
    time: (text) => parsed(text, (date) => time.format(date)),
    moment: (text) => parsed(text, (date) => moment.format(date)),
    ago: (text) =>
      parsed(text, (date) => ago((Date.now() - date.getTime()) / 1000, language) ?? day.format(date)),
    hour: (text) => parsed(text, (date) => hour.format(date)),
    date: (day) => parsed(`${day}T00:00:00Z`, (date) => short.format(date)),
    days: (first, last) =>
      calendar.formatRange(new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code),
  };
}

/** A zone the browser does not know falls back to UTC, so that one odd setting never blanks a page. */
function zoned(language: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(language, { ...options, timeZone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  }
}
