import type { OverviewView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Bar } from '../../ui/bar.tsx';
import { Card } from '../../ui/card.tsx';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';
import { Table } from '../../ui/table.tsx';
import { usePlace } from '../../url/place.ts';

export function ChannelTable({ view }: { view: OverviewView }) {
  const { range } = usePlace();
  const format = useFormat();
  const t = words.value.overview;
  const by = (channel: string, what: 'people' | 'buyers') => ({
    of: { report: 'overview' as const, request: range, what, channel },
    title: words.value.map[what === 'buyers' ? 'who_bought' : 'who_channel'](named('channels', channel)),
  });
  const most = Math.max(1, ...view.channels.map((channel) => channel.people));
  return (
    <Card title={t.channels}>
      <Table
        caption={t.channels}
        rows={view.channels}
        rowKey={(channel) => channel.channel}
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
                  <Count value={row.people} who={by(row.channel, 'people')} />
                </span>
              </span>
            ),
          },
          {
            key: 'sessions',
            title: t.sessions,
            number: true,
            extra: true,
            cell: (row) => format.count(row.sessions),
          },
          {
            key: 'buyers',
            title: t.buyers,
            number: true,
            cell: (row) => <Count value={row.buyers} who={by(row.channel, 'buyers')} />,
          },
          {
            key: 'conversion',
            title: t.conversion,
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
