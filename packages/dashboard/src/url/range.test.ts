import { describe, expect, it } from 'vitest';
import { daysOf, formatRange, parseRange, rangeBefore, rangeOf } from './range.ts';

/** 00:30 on the 23rd in Ho Chi Minh City, 12:30 on the 22nd in New York. */
const NOW = new Date('2026-11-22T17:30:00.000Z');

describe('the dates in the address', () => {
  it.each(['today', '7d', '28d', '90d', '12m', '2026-10-01..2026-10-31'])('read and write %s', (text) => {
    expect(formatRange(parseRange(text))).toBe(text);
  });

  it.each([undefined, '', '5d', '2026-10-31..2026-10-01', '2026-02-30..2026-03-01', '2026-10-01..', 'x..y'])(
    'are the last 28 days for %s',
    (text) => {
      expect(parseRange(text)).toBe('28d');
    },
  );
});

describe('a preset', () => {
  it('counts back from today in the zone of the site', () => {
    expect(daysOf('today', 'Asia/Ho_Chi_Minh', NOW)).toEqual({ first: '2026-11-23', last: '2026-11-23' });
    expect(daysOf('7d', 'America/New_York', NOW)).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(daysOf('12m', 'UTC', NOW)).toEqual({ first: '2025-11-23', last: '2026-11-22' });
  });
});

describe('the range for the API', () => {
  it('ends before the day after the last one', () => {
    expect(rangeOf({ first: '2026-10-01', last: '2026-10-31' }, 'UTC', NOW)).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
    });
  });

  it('is compared with as many days before it', () => {
    expect(rangeBefore({ from: '2026-10-01', to: '2026-11-01' })).toEqual({
      from: '2026-08-31',
      to: '2026-10-01',
    });
  });
});
