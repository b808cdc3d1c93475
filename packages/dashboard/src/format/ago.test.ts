import { expect, it } from 'vitest';
import { ago } from './ago.ts';

it('says how long ago in the largest unit, and nothing from a week on', () => {
  const said = (seconds: number) => ago(seconds, 'en');
  expect([0, 3.9, 59, 60, 3_599, 7_200, 86_400, 604_799].map(said)).toEqual([
    '0 seconds ago',
    '3 seconds ago',
    '59 seconds ago',
    '1 minute ago',
    '59 minutes ago',
    '2 hours ago',
    '1 day ago',
    '6 days ago',
  ]);
  expect(said(604_800)).toBeUndefined();
  expect(ago(180, 'vi')).toBe('3 phút trước');
});

it('takes a clock that is ahead for just now', () => {
  expect(ago(-20, 'en')).toBe('0 seconds ago');
});
