import { expect, test } from 'vitest';
import { calendar } from './calendar.ts';
import { Random } from './random.ts';

const iso = (time: number) => new Date(time).toISOString();

test.each([
  ['Asia/Ho_Chi_Minh', '2026-07-31T17:00:00.000Z', '2026-08-02T17:00:00.000Z'],
  ['UTC', '2026-08-01T00:00:00.000Z', '2026-08-03T00:00:00.000Z'],
  ['America/New_York', '2026-08-01T04:00:00.000Z', '2026-08-03T04:00:00.000Z'],
  ['Asia/Kathmandu', '2026-07-31T18:15:00.000Z', '2026-08-02T18:15:00.000Z'],
])('two days in %s begin and end at local midnight', (timezone, start, end) => {
  const days = calendar('2026-08-01', 2, timezone);
  expect([iso(days.start), iso(days.end)]).toEqual([start, end]);
});

test('the day on which the clocks go back is 25 hours long', () => {
  const { start, end } = calendar('2026-10-25', 1, 'Europe/Berlin');
  expect((end - start) / 3_600_000).toBe(25);
});

test('moments lie in the range, and more of them on a sale day than on the day before', () => {
  const days = calendar('2026-11-10', 2, 'Asia/Ho_Chi_Minh');
  const random = new Random(1, 'moments');
  const moments = Array.from({ length: 2_000 }, () => days.moment(random));
  expect(moments.every((moment) => moment >= days.start && moment < days.end)).toBe(true);
  const noon = (days.start + days.end) / 2;
  expect(moments.filter((moment) => moment >= noon).length).toBeGreaterThan(1_200);
});

test('an hour on a day lies after the time it follows, within two days', () => {
  const days = calendar('2026-08-01', 10, 'Asia/Ho_Chi_Minh');
  const random = new Random(1, 'hours');
  const gaps = Array.from({ length: 1_000 }, () => {
    const time = days.start + random.next() * 5 * 86_400_000;
    return days.hourOn(time, random) - time;
  });
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(Math.max(...gaps)).toBeLessThan(2 * 86_400_000);
});

test('a start that is no date is refused, and so is an unknown zone', () => {
  expect(() => calendar('soon', 2, 'UTC')).toThrow('not a date');
  expect(() => calendar('2026-08-01', 2, 'Mars/Olympus')).toThrow(RangeError);
});
