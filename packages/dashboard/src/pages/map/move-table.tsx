import type { MapRequest, MapView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Table } from '../../ui/table.tsx';

/** Every move, the backward ones included. */
export function MoveTable({ view, request }: { view: MapView; request: MapRequest }) {
  const format = useFormat();
  const t = words.value.map;
  return (
    <Table
      caption={t.moves_table}
      rows={[...view.moves].sort((a, b) => b.people - a.people)}
      rowKey={(move) => `${move.source} ${move.target}`}
      columns={[
        { key: 'from', title: t.from, cell: (move) => named('stages', move.source) },
        { key: 'to', title: t.to, cell: (move) => named('stages', move.target) },
        {
          key: 'people',
          title: t.people,
          number: true,
          cell: ({ source, target, people }) => (
            <Count
              value={people}
              who={{
                of: { report: 'map', request, move: { source, target } },
                title: t.who_move(named('stages', source), named('stages', target)),
              }}
            />
          ),
        },
        {
          key: 'median',
          title: t.median,
          number: true,
          cell: (move) => (move.median_s === null ? words.value.none : format.duration(move.median_s)),
        },
      ]}
    />
  );
}
