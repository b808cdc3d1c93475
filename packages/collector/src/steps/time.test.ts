import { describe, expect, it } from 'vitest';
import { browserTime, millisecondsOf, serverTime, skewOf } from './time.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the time of a browser event', () => {
  it.each([
    ['a right clock', { at: NOW - 5_000, sent_ms: NOW - 80 }, NOW - 5_000],
    ['a clock one hour ahead', { at: NOW + HOUR - 5_000, sent_ms: NOW + HOUR }, NOW - 5_000],
    ['a clock one hour behind', { at: NOW - HOUR - 5_000, sent_ms: NOW - HOUR }, NOW - 5_000],
    [
      'a clock three years behind',
      { at: NOW - 1_095 * DAY - 5_000, sent_ms: NOW - 1_095 * DAY },
      NOW - 5_000,
    ],
    ['a queue of ten days', { at: NOW - 10 * DAY, sent_ms: NOW }, NOW - 10 * DAY],
    ['a queue of two months, which is not believed', { at: NOW - 60 * DAY, sent_ms: NOW }, NOW],
    ['an event after its own sending', { at: NOW + 9 * HOUR, sent_ms: NOW }, NOW],
    ['no number', { at: 'yesterday', sent_ms: NOW }, NOW],
    ['NaN', { at: Number.NaN, sent_ms: NOW }, NOW],
    ['no sending time', { at: NOW - 5_000, sent_ms: undefined }, NOW],
  ])('is right with %s', (_name, { at, sent_ms }, time) => {
    expect(browserTime({ at, sent_ms, received_ms: NOW })).toBe(time);
  });

  it('is the same for two requests of one session that travelled for different times', () => {
    const at = NOW - 60_000;
    const quick = browserTime({ at, sent_ms: at + 10, received_ms: at + 40 });
    const slow = browserTime({ at, sent_ms: at + 20, received_ms: at + 1_500 });
    expect(quick).toBe(slow);
  });
});

describe('the time of a server event', () => {
  it.each([
    ['is the arrival when none was sent', undefined, NOW],
    ['is kept for history', '2009-01-02T03:04:05.678Z', Date.UTC(2009, 0, 2, 3, 4, 5, 678)],
    ['is the arrival when it lies a little ahead', '2026-11-22T13:00:00Z', NOW],
    ['is refused when it lies days ahead', '2026-11-25T12:00:00Z', undefined],
    ['is refused beyond the history that may be reported', '1999-01-01T00:00:00Z', undefined],
    ['is refused when it cannot be read', 'last tuesday', undefined],
    ['is refused with a five-digit year', '+020260-01-01T00:00:00Z', undefined],
  ])('%s', (_name, at, time) => {
    expect(serverTime({ at, sent_ms: undefined, received_ms: NOW })).toBe(time);
  });

  it('follows a server whose clock is an hour behind', () => {
    const at = new Date(NOW - HOUR - 60_000).toISOString();
    expect(serverTime({ at, sent_ms: NOW - HOUR, received_ms: NOW })).toBe(NOW - 60_000);
  });
});

describe('reading times', () => {
  it('takes text without a zone as UTC', () => {
    expect(millisecondsOf('2026-11-22T12:00:00')).toBe(NOW);
    expect(millisecondsOf('2026-11-22T19:00:00+07:00')).toBe(NOW);
    expect(millisecondsOf('2026-11-22')).toBe(NOW - 12 * HOUR);
    expect(millisecondsOf('1')).toBeUndefined();
  });

  it('trusts no clock that is off by more than a day', () => {
    expect(skewOf(NOW - 2 * DAY, NOW)).toBeUndefined();
    expect(skewOf(NOW - HOUR, NOW)).toBe(HOUR);
  });
});
