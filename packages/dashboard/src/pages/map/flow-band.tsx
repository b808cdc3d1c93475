import type { MapRequest, MapView } from '@throughline/contract';
import { Chart } from '../../charts/chart.tsx';
import { stageColour } from '../../charts/colours.ts';
import { sankeyOption } from '../../charts/sankey.ts';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { showPeople } from '../../state/people.ts';
import { narrow } from '../../ui/narrow.ts';
import { BandHead } from './band-head.tsx';
import { bandRoom, NODE_WIDTH } from './band-room.ts';
import { MoveTable } from './move-table.tsx';
import { forwardMoves } from './moves.ts';

/** The moves between stages as a band over the columns; a node's free edge is who went no further. */
export function FlowBand({ view, request }: { view: MapView; request: MapRequest }) {
  const format = useFormat();
  const t = words.value.map;
  const stages = view.stages.filter((stage) => stage.people > 0);
  const index = new Map(view.stages.map((stage, at) => [stage.stage, at]));
  const last = Math.max(...stages.map((stage) => index.get(stage.stage)!));
  const room = bandRoom(view.stages.length, last);
  const moves = forwardMoves(view);
  const people = (value: number) => words.value.counts.people(value, format.exact(value));
  const move = (source: string, target: string) =>
    t.who_move(named('stages', source), named('stages', target));

  if (moves.length === 0) return null;
  return (
    <Chart
      title={t.band}
      hint={t.band_hint}
      height={200}
      head={<BandHead view={view} request={request} last={last} />}
      min_width={narrow.value ? 720 : 0}
      key_of={JSON.stringify([view.stages, moves, t.title])}
      option={(colours) =>
        sankeyOption(
          stages.map((stage) => ({
            id: stage.stage,
            depth: index.get(stage.stage)!,
            label: named('stages', stage.stage),
            value: stage.people,
            colour: stageColour(colours, index.get(stage.stage)!),
            tip: [people(stage.people)],
          })),
          moves.map((link) => ({
            source: link.source,
            target: link.target,
            value: link.people,
            title: move(link.source, link.target),
            tip: [
              people(link.people),
              link.median_s === null ? '' : `${t.median}: ${format.duration(link.median_s)}`,
            ],
          })),
          { colours, left: `${room.left}%`, right: `${room.right}%`, labels: false, node_width: NODE_WIDTH },
        )
      }
      onClick={({ dataType, data }) => {
        const link = data as { source: string; target: string; value: number; name: string };
        const of = { report: 'map' as const, request };
        if (dataType === 'edge') {
          const { source, target } = link;
          showPeople({
            of: { ...of, move: { source, target } },
            title: move(source, target),
            people: link.value,
          });
        } else {
          const title = t.who_stage(named('stages', link.name));
          showPeople({ of: { ...of, stage: link.name }, title, people: link.value });
        }
      }}
      table={<MoveTable view={view} request={request} />}
    />
  );
}
