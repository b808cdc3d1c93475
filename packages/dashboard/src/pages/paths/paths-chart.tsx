import type { PathsRequest, PathsView } from '@throughline/contract';
import { Chart } from '../../charts/chart.tsx';
import { sankeyOption } from '../../charts/sankey.ts';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { countedAs } from '../../people/unit.ts';
import { showPeople } from '../../state/people.ts';
import { narrow } from '../../ui/narrow.ts';
import { nodeColour } from './node-colour.ts';
import { PathsTable } from './paths-table.tsx';

/** The name of a node: an event's, or what stands for the rare ones and for those who left. */
export function nodeName(event: string): string {
  const t = words.value.paths;
  return event === 'other' ? t.other : event === 'exit' ? t.exit : named('events', event);
}

export function PathsChart({ view, request }: { view: PathsView; request: PathsRequest }) {
  const format = useFormat();
  const t = words.value.paths;
  const first = Math.min(...view.nodes.map((node) => node.step));
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const people = (value: number) => countedAs(request.per ?? 'person', value, format.exact(value));
  const busiest = Math.max(...tally(view).values());
  const linkTitle = (source: string, target: string) =>
    t.who_link(nodeName(byId.get(source)?.event ?? source), nodeName(byId.get(target)?.event ?? target));
  const nodeTitle = (id: string) => {
    const node = byId.get(id);
    return node ? t.who_node(nodeName(node.event), format.exact(node.step - first + 1)) : id;
  };
  return (
    <Chart
      title={t.chart}
      hint={t.hint}
      height={Math.min(760, Math.max(420, busiest * 58))}
      min_width={narrow.value ? 190 * (request.depth ?? 5) : 0}
      key_of={JSON.stringify([view, t.title])}
      option={(colours) =>
        sankeyOption(
          view.nodes.map((node) => ({
            id: node.id,
            depth: node.step - first,
            label: `${format.short(node.people)}  ${nodeName(node.event)}`,
            value: node.people,
            colour: nodeColour(colours, node.event),
            tip: [people(node.people)],
          })),
          view.links
            .filter((link) => byId.has(link.source) && byId.has(link.target))
            .map((link) => ({
              source: link.source,
              target: link.target,
              value: link.people,
              title: linkTitle(link.source, link.target),
              tip: [
                people(link.people),
                link.median_s === null ? '' : `${t.median}: ${format.duration(link.median_s)}`,
              ],
            })),
          { colours, left: 4, right: 150, labels: true, node_width: 12 },
        )
      }
      onClick={({ dataType, data }) => {
        const mark = data as { source: string; target: string; value: number; name: string };
        if (dataType === 'edge') {
          const link = { source: mark.source, target: mark.target };
          const title = linkTitle(mark.source, mark.target);
          showPeople({ of: { report: 'paths', request, link }, title, people: mark.value });
        } else {
          const title = nodeTitle(mark.name);
          showPeople({ of: { report: 'paths', request, node: mark.name }, title, people: mark.value });
        }
      }}
      table={<PathsTable view={view} request={request} nodeTitle={nodeTitle} linkTitle={linkTitle} />}
    />
  );
}

/** Nodes a column. */
function tally(view: PathsView): Map<number, number> {
  const columns = new Map<number, number>();
  for (const node of view.nodes) columns.set(node.step, (columns.get(node.step) ?? 0) + 1);
  return columns;
}
