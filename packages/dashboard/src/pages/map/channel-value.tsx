import type { MapRequest, MapView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Bar } from '../../ui/bar.tsx';
import { Card } from '../../ui/card.tsx';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';
import { Table } from '../../ui/table.tsx';

/** Arrivals by channel with what came of them. */
export function ChannelValue({ view, request }: { view: MapView; request: MapRequest }) {
  const format = useFormat();
  const t = words.value.map;
  const most = Math.max(1, ...view.channels.map((channel) => channel.people));
  return (
    <Card title={t.channels}>
      <Table
        caption={t.channels}
        rows={view.channels}
        rowKey={(row) => row.channel}
        columns={[
          { key: 'channel', title: t.channel, cell: (row) => named('channels', row.channel) },
          {
            key: 'people',
            title: t.people,
            number: true,
            cell: (row) => (
              <span class="share-cell">
                <Bar share={row.people / most} />
                <span>
                  <Count
                    value={row.people}
                    who={{
                      of: { report: 'map', request, channel: row.channel },
                      title: t.who_channel(named('channels', row.channel)),
                    }}
                  />
                </span>
              </span>
            ),
          },
          {
            key: 'buyers',
            title: t.buyers,
            number: true,
            cell: (row) => (
              <Count
                value={row.buyers}
                who={{
                  of: { report: 'map', request, channel: row.channel, buyers: true },
                  title: t.who_bought(named('channels', row.channel)),
                }}
              />
            ),
          },
          {
            key: 'share',
            title: words.value.overview.conversion,
            number: true,
            extra: true,
            cell: (row) => format.share(row.people > 0 ? row.buyers / row.people : 0),
          },
          {
            key: 'revenue',
            title: t.revenue,
            number: true,
            cell: (row) => <Money value={row.revenue} currency={view.currency} tight />,
          },
        ]}
      />
    </Card>
  );
}
