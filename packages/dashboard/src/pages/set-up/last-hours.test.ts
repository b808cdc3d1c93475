import { expect, it } from 'vitest';
import { lastHours } from './last-hours.ts';

const hour = (text: string, received: number) => ({
  hour: text,
  received,
  stored: received,
  duplicates: 0,
  refused: {},
  waiting: 0,
});
const NOW = new Date('2026-11-22T09:30:00.000Z');
const shown = (hours: ReturnType<typeof hour>[]) =>
  lastHours(hours, NOW).map((one) => [one.hour, one.received]);

it('shows a gap as what it is, up to the present hour', () => {
  expect(shown([hour('2026-11-22T06:00:00.000Z', 5), hour('2026-11-22T08:00:00.000Z', 7)])).toEqual([
    ['2026-11-22T06:00:00.000Z', 5],
    ['2026-11-22T07:00:00.000Z', 0],
    ['2026-11-22T08:00:00.000Z', 7],
    ['2026-11-22T09:00:00.000Z', 0],
  ]);
});

it('goes back a week and no further', () => {
  const all = shown([hour('2024-01-01T00:00:00.000Z', 9), hour('2026-11-15T10:00:00.000Z', 3)]);
  expect(all.length).toBe(168);
  expect(all[0]).toEqual(['2026-11-15T10:00:00.000Z', 3]);
  expect(all.at(-1)).toEqual(['2026-11-22T09:00:00.000Z', 0]);
});

it('of nothing is the present hour alone', () => {
  expect(shown([])).toEqual([['2026-11-22T09:00:00.000Z', 0]]);
});
