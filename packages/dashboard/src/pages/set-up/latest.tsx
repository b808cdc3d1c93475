import type { SeenView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { toldBy } from '../../i18n/told-by.ts';
import { named, words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Table } from '../../ui/table.tsx';

/** The events that arrived last, one by one, so that one's own click is found again. */
export function Latest({ view }: { view: SeenView }) {
  const format = useFormat();
  const t = words.value.set_up;
  return (
    <Card title={t.latest} hint={t.latest_text(view.latest_hours, format.exact(view.latest_hours))}>
      <Table
        caption={t.latest}
        rows={view.latest}
        rowKey={({ event_id }) => event_id}
        columns={[
          {
            key: 'when',
            title: t.latest_when,
            cell: ({ time }) => (
              <time class="unbroken" dateTime={time} title={format.moment(time)}>
                {format.ago(time)}
              </time>
            ),
          },
          {
            key: 'what',
            title: t.seen_what,
            cell: ({ name, robot }) => (
              <>
                {named('events', name)}
                {robot && <span class="robot">{t.robot}</span>}
              </>
            ),
          },
          { key: 'by', title: t.seen_by, cell: (event) => toldBy(event) },
          {
            key: 'page',
            title: t.latest_page,
            extra: true,
            cell: ({ host, path }) =>
              host || path ? <code class="latest-page">{host + path}</code> : words.value.none,
          },
        ]}
      />
    </Card>
  );
}
