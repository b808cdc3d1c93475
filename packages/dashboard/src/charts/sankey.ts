import type { EChartsCoreOption } from 'echarts/core';
import type { Colours } from './colours.ts';
import { TOOLTIP, tooltip } from './tooltip.ts';

export interface SankeyNode {
  id: string;
  /** Column, from 0. */
  depth: number;
  label: string;
  value: number;
  colour: string;
  tip: readonly string[];
}

export interface SankeyLink {
  source: string;
  target: string;
  value: number;
  title: string;
  tip: readonly string[];
}

interface SankeyLook {
  colours: Colours;
  /** Room at the sides, as ECharts takes it: pixels or a share. */
  left: string | number;
  right: string | number;
  /** False where the names stand elsewhere. */
  labels: boolean;
  /** Pixels. */
  node_width: number;
}

/** Nodes keep their column and are as high as their value, so people who go no further show as a node's free edge. */
export function sankeyOption(
  nodes: readonly SankeyNode[],
  links: readonly SankeyLink[],
  look: SankeyLook,
): EChartsCoreOption {
  const { colours } = look;
  return {
    tooltip: {
      ...TOOLTIP,
      trigger: 'item',
      formatter: (mark: { data: { title: string; tip: readonly string[] } }) =>
        tooltip(mark.data.title, mark.data.tip),
    },
    series: [
      {
        type: 'sankey',
        left: look.left,
        right: look.right,
        top: 12,
        bottom: 12,
        nodeWidth: look.node_width,
        nodeGap: 14,
        nodeAlign: 'left',
        draggable: false,
        layoutIterations: 48,
        emphasis: { focus: 'adjacency' },
        blur: { itemStyle: { opacity: 0.35 }, lineStyle: { opacity: 0.08 }, label: { opacity: 0.5 } },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        itemStyle: { borderWidth: 0, borderRadius: 3 },
        label: {
          show: look.labels,
          color: colours['text-2'],
          fontSize: 12,
          fontFamily: getComputedStyle(document.body).fontFamily,
          width: 150,
          overflow: 'truncate',
          textBorderColor: colours.surface,
          textBorderWidth: 3,
        },
        data: nodes.map((node) => ({
          name: node.id,
          depth: node.depth,
          value: node.value,
          title: node.label,
          tip: node.tip,
          itemStyle: { color: node.colour },
          // A function, because a text would be read as a template, and names are anybody's text.
          label: { formatter: () => node.label },
        })),
        links: links.map((link) => ({ ...link })),
      },
    ],
  };
}
