import type { MapRequest, MapStage, MapView } from '@throughline/contract';
import { useState } from 'preact/hooks';
import './stage-column.css';
import { useFormat } from '../../format/use-format.ts';
import { named, words } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { Count } from '../../ui/count.tsx';
import { StageFacts } from './stage-facts.tsx';
import { TouchpointCell } from './touchpoint-cell.tsx';

const TOUCHPOINTS_AT_FIRST = 9;

interface StageColumnProps {
  view: MapView;
  stage: MapStage;
  index: number;
  /** People of the busiest touchpoint on the map: what the tint is measured by. */
  most: number;
  request: MapRequest;
}

export function StageColumn({ view, stage, index, most, request }: StageColumnProps) {
  const format = useFormat();
  const t = words.value.map;
  const [all, setAll] = useState(false);
  const name = named('stages', stage.stage);
  const share = view.people > 0 ? stage.people / view.people : 0;
  const touchpoints = view.touchpoints
    .filter((touchpoint) => touchpoint.stage === stage.stage)
    .sort((a, b) => b.people - a.people);
  return (
    <li class={`stage stage-${(index % 7) + 1}`}>
      <header class="stage-head">
        <h2>{name}</h2>
        <p class="stage-people">
          <Count
            value={stage.people}
            who={{ of: { report: 'map', request, stage: stage.stage }, title: t.who_stage(name) }}
          />
        </p>
        <p class="quiet">
          {format.share(share)} {t.share_of_all}
        </p>
        <span class="stage-bar" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      </header>
      <StageFacts view={view} stage={stage} name={name} request={request} />
      <h3 class="stage-sub">{t.touchpoints}</h3>
      {touchpoints.length === 0 ? (
        <p class="quiet">{t.no_touchpoints}</p>
      ) : (
        <ul class="stage-touchpoints">
          {(all ? touchpoints : touchpoints.slice(0, TOUCHPOINTS_AT_FIRST)).map((touchpoint) => (
            <TouchpointCell
              key={touchpoint.id}
              touchpoint={touchpoint}
              share={touchpoint.people / most}
              stage={name}
              request={request}
            />
          ))}
        </ul>
      )}
      {!all && touchpoints.length > TOUCHPOINTS_AT_FIRST && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t.all_touchpoints(format.exact(touchpoints.length))}
        </Button>
      )}
    </li>
  );
}
