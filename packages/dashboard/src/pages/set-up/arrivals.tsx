import type { LedgerView } from '@throughline/contract';
import { Chart } from '../../charts/chart.tsx';
import { barsOption } from '../../charts/trend.ts';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Table } from '../../ui/table.tsx';
import { lastHours } from './last-hours.ts';

/** What came in, hour by hour, over the last week; a gap is seen at once. */
export function Arrivals({ ledger }: { ledger: LedgerView }) {
  const format = useFormat();
  const t = words.value.set_up;
  const hours = lastHours(ledger.hours, new Date());
  const points = hours.map((hour) => ({
    label: format.hour(hour.hour),
    value: hour.received,
    shown: `${t.received}: ${format.exact(hour.received)}`,
  }));
  return (
    <Chart
      title={t.hours}
      height={180}
      key_of={JSON.stringify(points)}
      option={(colours) => barsOption(points, colours, format.short)}
      table={
        <Table
          caption={t.hours}
          rows={hours.toReversed()}
          rowKey={(hour) => hour.hour}
          columns={[
            { key: 'hour', title: t.hour, cell: (hour) => format.hour(hour.hour) },
            { key: 'received', title: t.received, number: true, cell: (hour) => format.exact(hour.received) },
            { key: 'stored', title: t.stored, number: true, cell: (hour) => format.exact(hour.stored) },
            {
              key: 'duplicates',
              title: t.duplicates,
              number: true,
              cell: (hour) => format.exact(hour.duplicates),
            },
          ]}
        />
      }
    />
  );
}
