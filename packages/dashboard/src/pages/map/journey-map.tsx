import type { MapRequest, MapView } from '@throughline/contract';
import './journey-map.css';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { SideScroll } from '../../ui/side-scroll.tsx';
import { usePlace } from '../../url/place.ts';
import { Nobody } from '../nobody.tsx';
import { ChannelValue } from './channel-value.tsx';
import { FlowBand } from './flow-band.tsx';
import { MapSummary } from './map-summary.tsx';
import { StageColumn } from './stage-column.tsx';

/** Stages from left to right, each with who is there, what they touch, where they go on and where they leak. */
export function JourneyMap() {
  const { site, range } = usePlace();
  const report = useReport(`${site.site} ${range.from} ${range.to}`, (signal) =>
    reports.map(site.site, range, signal),
  );
  return (
    <div class="page">
      <PageTitle name={words.value.map.title} />
      <Loaded report={report} heights={[88, 300, 420]}>
        {(view) => (view.people === 0 ? <Nobody /> : <Body view={view} request={range} />)}
      </Loaded>
    </div>
  );
}

function Body({ view, request }: { view: MapView; request: MapRequest }) {
  const most = Math.max(1, ...view.touchpoints.map((touchpoint) => touchpoint.people));
  return (
    <>
      <MapSummary view={view} request={request} />
      <FlowBand view={view} request={request} />
      <SideScroll class="map-scroll" label={words.value.map.touchpoints}>
        <ol class="map-columns">
          {view.stages.map((stage, index) => (
            <StageColumn
              key={stage.stage}
              view={view}
              stage={stage}
              index={index}
              most={most}
              request={request}
            />
          ))}
        </ol>
      </SideScroll>
      <ChannelValue view={view} request={request} />
    </>
  );
}
