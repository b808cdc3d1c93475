import type { EChartsCoreOption } from 'echarts/core';
import type { Colours } from './colours.ts';
import { TOOLTIP, tooltip } from './tooltip.ts';

export interface TrendPoint {
  label: string;
  value: number;
  shown: string;
}

/** One line over time, from zero. */
export function trendOption(
  points: readonly TrendPoint[],
  colours: Colours,
  axis: (value: number) => string,
): EChartsCoreOption {
  return {
    ...frame(points, colours, axis),
    series: [
      {
        type: 'line',
        data: points.map((point) => point.value),
        symbol: 'circle',
        symbolSize: 7,
        showSymbol: points.length === 1,
        lineStyle: { color: colours['hue-1'], width: 2.5 },
        itemStyle: { color: colours['hue-1'] },
        areaStyle: { color: colours['hue-1'], opacity: 0.1 },
      },
    ],
  };
}

/** Bars over time: what came in, hour by hour. */
export function barsOption(
  points: readonly TrendPoint[],
  colours: Colours,
  axis: (value: number) => string,
): EChartsCoreOption {
  return {
    ...frame(points, colours, axis),
    series: [
      {
        type: 'bar',
        data: points.map((point) => point.value),
        barMaxWidth: 24,
        itemStyle: { color: colours['hue-1'], borderRadius: [3, 3, 0, 0] },
      },
    ],
  };
}

function frame(
  points: readonly TrendPoint[],
  colours: Colours,
  axis: (value: number) => string,
): EChartsCoreOption {
  const text = {
    color: colours['text-3'],
    fontSize: 12,
    fontFamily: getComputedStyle(document.body).fontFamily,
  };
  return {
    grid: {
      left: 4,
      right: 12,
      top: 16,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      ...TOOLTIP,
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: colours.line } },
      formatter: (marks: { dataIndex: number }[]) => {
        const point = points[marks[0]?.dataIndex ?? 0];
        return tooltip(point?.label ?? '', [point?.shown ?? '']);
      },
    },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      boundaryGap: points.length === 1,
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { ...text, formatter: axis },
      splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    },
  };
}
