import type { MapRequest, MapView } from '@throughline/contract';
import './band-head.css';
import { named, words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { bandMiddle } from './band-room.ts';

/** Each stage's name and number over its node, where no ribbon runs across them. */
export function BandHead({ view, request, last }: { view: MapView; request: MapRequest; last: number }) {
  const stages = view.stages.map((stage, at) => ({ stage, at })).filter(({ stage }) => stage.people > 0);
  return (
    <ol class="band-head">
      {stages.map(({ stage, at }) => {
        const name = named('stages', stage.stage);
        const who = {
          of: { report: 'map' as const, request, stage: stage.stage },
          title: words.value.map.who_stage(name),
        };
        return (
          <li key={stage.stage} style={{ left: bandMiddle(view.stages.length, last, at) }}>
            <Count value={stage.people} tight who={who} />
            <span class="quiet">{name}</span>
          </li>
        );
      })}
    </ol>
  );
}
