import type { PathsRequest, PathsView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Table } from '../../ui/table.tsx';

/** Every node and every link of the chart. */
export function PathsTable({
  view,
  request,
  nodeTitle,
  linkTitle,
}: {
  view: PathsView;
  request: PathsRequest;
  nodeTitle(id: string): string;
  linkTitle(source: string, target: string): string;
}) {
  const format = useFormat();
  const t = words.value.paths;
  return (
    <div class="paths-tables">
      <Table
        caption={t.event}
        rows={view.nodes}
        rowKey={(node) => node.id}
        columns={[
          { key: 'event', title: t.event, cell: (node) => nodeTitle(node.id) },
          {
            key: 'people',
            title: t.people,
            number: true,
            cell: (node) => (
              <Count
                value={node.people}
                who={{ of: { report: 'paths', request, node: node.id }, title: nodeTitle(node.id) }}
              />
            ),
          },
        ]}
      />
      <Table
        caption={t.chart}
        rows={view.links}
        rowKey={(link) => `${link.source} ${link.target}`}
        columns={[
          { key: 'from', title: t.from, cell: (link) => nodeTitle(link.source) },
          { key: 'to', title: t.to, cell: (link) => nodeTitle(link.target) },
          {
            key: 'people',
            title: t.people,
            number: true,
            cell: ({ source, target, people }) => (
              <Count
                value={people}
                who={{
                  of: { report: 'paths', request, link: { source, target } },
                  title: linkTitle(source, target),
                }}
              />
            ),
          },
          {
            key: 'median',
            title: t.median,
            number: true,
            cell: (link) => (link.median_s === null ? words.value.none : format.duration(link.median_s)),
          },
        ]}
      />
    </div>
  );
}
