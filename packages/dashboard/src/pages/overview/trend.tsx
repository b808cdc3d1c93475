import type { OverviewView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { Chart } from '../../charts/chart.tsx';
import { trendOption } from '../../charts/trend.ts';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';
import { Table } from '../../ui/table.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { usePlace } from '../../url/place.ts';
import { dayIn } from '../../url/range.ts';

const METRICS = ['people', 'buyers', 'orders', 'revenue'] as const;
type Metric = (typeof METRICS)[number];

export function Trend({ view }: { view: OverviewView }) {
  const [metric, setMetric] = useState<Metric>('people');
  const format = useFormat();
  const { site } = usePlace();
  // Today is not over: without a word its number would look like a fall.
  const today = dayIn(site.timezone, new Date());
  const named = (day: string) => (day === today ? t.so_far(format.date(day)) : format.date(day));
  const t = words.value.overview;
  const show = (value: number) =>
    metric === 'revenue' ? format.money(value, view.currency) : format.exact(value);
  const points = view.days.map((day) => ({
    label: format.date(day.date),
    title: named(day.date),
    value: day[metric],
    shown: `${t[metric]}: ${show(day[metric])}`,
  }));
  return (
    <Chart
      title={t.trend}
      height={260}
      key_of={JSON.stringify(points)}
      option={(colours) =>
        trendOption(
          points,
          colours,
          (value) => (metric === 'revenue' ? format.moneyShort(value, view.currency) : format.short(value)),
          view.days.at(-1)?.date === today,
        )
      }
      actions={
        <Tabs
          label={t.metric}
          value={metric}
          choices={METRICS.map((value) => ({ value, label: t[value] }))}
          onChange={(value) => setMetric(value as Metric)}
        />
      }
      table={<DayTable view={view} named={named} />}
    />
  );
}

function DayTable({ view, named }: { view: OverviewView; named(day: string): string }) {
  const { range } = usePlace();
  const format = useFormat();
  const t = words.value.overview;
  const by = (date: string, what: 'people' | 'buyers') => ({
    of: { report: 'overview' as const, request: range, what, date },
    title: `${t[what]}, ${named(date)}`,
  });
  return (
    <Table
      caption={t.trend}
      rows={view.days}
      rowKey={(day) => day.date}
      columns={[
        { key: 'day', title: t.day, cell: (day) => named(day.date) },
        {
          key: 'people',
          title: t.people,
          number: true,
          cell: (day) => <Count value={day.people} who={by(day.date, 'people')} />,
        },
        {
          key: 'buyers',
          title: t.buyers,
          number: true,
          cell: (day) => <Count value={day.buyers} who={by(day.date, 'buyers')} />,
        },
        { key: 'orders', title: t.orders, number: true, cell: (day) => format.count(day.orders) },
        {
          key: 'revenue',
          title: t.revenue,
          number: true,
          cell: (day) => <Money value={day.revenue} currency={view.currency} tight />,
        },
      ]}
    />
  );
}
