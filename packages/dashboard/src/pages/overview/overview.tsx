import type { OverviewView } from '@throughline/contract';
import './overview.css';
import { reports } from '../../api/reports.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { usePlace } from '../../url/place.ts';
import { rangeBefore } from '../../url/range.ts';
import { Nobody } from '../nobody.tsx';
import { ChannelTable } from './channel-table.tsx';
import { Figures } from './figures.tsx';
import { Trend } from './trend.tsx';

/** How it goes, at a glance, and against as many days before. */
export function Overview() {
  const { site, range, href } = usePlace();
  const key = `${site.site} ${range.from} ${range.to}`;
  const now = useReport(key, (signal) => reports.overview(site.site, range, signal));
  const before = useReport(key, (signal) => reports.overview(site.site, rangeBefore(range), signal));
  const t = words.value.overview;
  return (
    <div class="page">
      <div class="page-head">
        <PageTitle name={t.title} />
        <a href={href('/map')}>{t.to_map}</a>
      </div>
      <Loaded report={now} heights={[96, 320, 280]}>
        {(view) => (view.people === 0 ? <Nobody view={view} /> : <Body view={view} before={before.data} />)}
      </Loaded>
    </div>
  );
}

function Body({ view, before }: { view: OverviewView; before: OverviewView | undefined }) {
  return (
    <>
      <Figures view={view} before={before} />
      <Trend view={view} />
      <ChannelTable view={view} />
    </>
  );
}
