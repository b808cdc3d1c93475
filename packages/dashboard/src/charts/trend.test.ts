// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Colours } from './colours.ts';
import { trendOption } from './trend.ts';

const colours = new Proxy({}, { get: () => 'black' }) as Colours;
const points = [5, 8, 2].map((value) => ({ label: String(value), value, shown: '' }));
const lines = (count: number, unfinished: boolean) => {
  const { series } = trendOption(points.slice(0, count), colours, String, unfinished) as {
    series: { data: (number | null)[]; lineStyle: { type?: string } }[];
  };
  return series.map(({ data, lineStyle }) => [data, lineStyle.type ?? 'solid']);
};

describe('a line over days', () => {
  it('is solid when all of them are over', () => {
    expect(lines(3, false)).toEqual([[[5, 8, 2], 'solid']]);
  });

  it('is dashed on its way to the day that is not over', () => {
    expect(lines(3, true)).toEqual([
      [[5, 8, null], 'solid'],
      [[null, 8, 2], 'dashed'],
    ]);
  });

  it('is one point when there is only today', () => {
    expect(lines(1, true)).toEqual([[[5], 'solid']]);
  });
});
