import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './chart.css';
import { words } from '../i18n/words.ts';
import { dark } from '../state/theme.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SideScroll } from '../ui/side-scroll.tsx';
import { type Colours, coloursNow } from './colours.ts';

interface ChartProps {
  title: string;
  hint?: string;
  /** Pixels. */
  height: number;
  /** Pixels; where there are fewer, the chart scrolls sideways instead of becoming unreadable. */
  min_width?: number;
  option(colours: Colours): EChartsCoreOption;
  /** What the option was made of; the chart is painted again when it changes. */
  key_of: string;
  /** The same numbers as a table, for everybody who prefers one. */
  table: ComponentChildren;
  actions?: ComponentChildren;
  /** Stands over the canvas and scrolls with it. */
  head?: ComponentChildren;
  /** A click on a mark: ECharts' `dataType` (node or edge) and its data. */
  onClick?(mark: { dataType?: string; data: unknown }): void;
}

export function Chart({
  title,
  hint,
  height,
  min_width,
  option,
  key_of,
  table,
  actions,
  head,
  onClick,
}: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const t = words.value.table;
  return (
    <Card
      title={title}
      {...(hint ? { hint } : {})}
      actions={
        <>
          {actions}
          <Button
            kind="quiet"
            icon={asTable ? 'chart' : 'table'}
            label={`${asTable ? t.hide : t.show}: ${title}`}
            onClick={() => setAsTable(!asTable)}
          />
        </>
      }
    >
      {asTable ? (
        table
      ) : (
        <Canvas
          title={title}
          height={height}
          min_width={min_width ?? 0}
          option={option}
          key_of={key_of}
          head={head}
          {...(onClick ? { onClick } : {})}
        />
      )}
    </Card>
  );
}

/** The painted chart alone, for places that bring their own table. */
export function Canvas({
  title,
  height,
  min_width,
  option,
  key_of,
  head,
  onClick,
}: Pick<ChartProps, 'title' | 'height' | 'min_width' | 'option' | 'key_of' | 'head' | 'onClick'>) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>();
  const click = useRef(onClick);
  click.current = onClick;
  const painted = `${key_of} ${dark.value}`;

  useEffect(() => {
    let gone = false;
    void import('./engine.ts').then(({ init }) => {
      const element = box.current;
      if (gone || !element) return;
      if (!chart.current) {
        chart.current = init(element, null, { renderer: 'canvas' });
        chart.current.on('click', (mark) => click.current?.(mark as { dataType?: string; data: unknown }));
      }
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      chart.current.setOption({ animation: !still, animationDuration: 400, ...option(coloursNow()) }, true);
      element.dataset['painted'] = 'true';
    });
    return () => {
      gone = true;
    };
  }, [painted]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      // A Sankey throws when its box has no area, as it has while the page is being taken away.
      if (box.current && box.current.clientWidth > 0) chart.current?.resize();
    });
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);

  return (
    <SideScroll label={title}>
      <div style={{ minWidth: `${min_width ?? 0}px` }}>
        {head}
        <div ref={box} class="chart" role="img" aria-label={title} style={{ height: `${height}px` }} />
      </div>
    </SideScroll>
  );
}
