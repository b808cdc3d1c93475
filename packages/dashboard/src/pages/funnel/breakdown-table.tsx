import type { FunnelRequest, FunnelView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Table } from '../../ui/table.tsx';

/** The funnel once more for each value of a property. */
export function BreakdownTable({
  breakdown,
  property,
  names,
  request,
}: {
  breakdown: NonNullable<FunnelView['breakdown']>;
  property: string;
  names: readonly string[];
  request: FunnelRequest;
}) {
  const format = useFormat();
  const t = words.value.funnel;
  const show = (value: string) => {
    if (value === '') return t.no_value;
    if (property === 'channel') return named('channels', value);
    if (property === 'device') return named('devices', value);
    return property === 'country' ? format.country(value) : value;
  };
  return (
    <Table
      caption={t.breakdown}
      rows={breakdown}
      rowKey={(row) => row.value}
      columns={[
        { key: 'value', title: named('properties', property), cell: (row) => show(row.value) },
        ...names.map((name, index) => ({
          key: String(index),
          title: name,
          number: true,
          extra: index > 0 && index < names.length - 1,
          cell: (row: (typeof breakdown)[number]) => {
            const step = row.steps[index];
            if (!step) return words.value.none;
            const of = {
              report: 'funnel' as const,
              request,
              step: step.step,
              state: 'reached' as const,
              breakdown_value: row.value,
            };
            return (
              <Count value={step.people} who={{ of, title: `${t.who_reached(name)} · ${show(row.value)}` }} />
            );
          },
        })),
        {
          key: 'whole',
          title: t.end_to_end,
          number: true,
          cell: (row) => format.share(row.steps.at(-1)?.conversion_from_start ?? 0),
        },
      ]}
    />
  );
}
