import type { LedgerView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Table } from '../../ui/table.tsx';

export function RefusalTable({ refused }: { refused: LedgerView['refused'] }) {
  const format = useFormat();
  const t = words.value.set_up;
  return (
    <section>
      <h3>{t.reasons}</h3>
      <Table
        caption={t.reasons}
        rows={Object.entries(refused).sort(([, a], [, b]) => b - a)}
        rowKey={([reason]) => reason}
        columns={[
          { key: 'reason', title: t.reason, cell: ([reason]) => named('reasons', reason) },
          { key: 'events', title: t.events, number: true, cell: ([, count]) => format.exact(count) },
        ]}
      />
    </section>
  );
}
