import type { EChartsCoreOption } from 'echarts/core';
import type { Colours } from './colours.ts';
import { TOOLTIP, tooltip } from './tooltip.ts';

export interface TrendPoint {
  label: string;
  /** Over the tooltip, where the label is too short. */
  title?: string;
  value: number;
  shown: string;
}

/** One line over time, from zero. `unfinished`: the last point's time is not over, and the way to it is dashed. */
export function trendOption(
  points: readonly TrendPoint[],
  colours: Colours,
  axis: (value: number) => string,
  unfinished = false,
): EChartsCoreOption {
  const values = points.map((point) => point.value);
  const last = values.length - 1;
  // A line is solid or dashed as a whole, so the last stretch is a line of its own, from the last full point.
  const apart = unfinished && last > 0;
  const look = {
    type: 'line',
    symbol: 'circle',
    symbolSize: 7,
    showSymbol: points.length === 1,
    itemStyle: { color: colours['hue-1'] },
  };
  const line = { color: colours['hue-1'], width: 2.5 };
  return {
    ...frame(points, colours, axis),
    series: [
      {
        ...look,
        data: apart ? values.map((value, index) => (index < last ? value : null)) : values,
        lineStyle: line,
        areaStyle: { color: colours['hue-1'], opacity: 0.1 },
      },
      ...(apart
        ? [
            {
              ...look,
              data: values.map((value, index) => (index >= last - 1 ? value : null)),
              lineStyle: { ...line, type: 'dashed' },
            },
          ]
        : []),
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
        return tooltip(point?.title ?? point?.label ?? '', [point?.shown ?? '']);
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
