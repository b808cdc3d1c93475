import type { PathsRequest, Per } from '@throughline/contract';
import './paths.css';
import { reports } from '../../api/reports.ts';
import { eventChoices, useNames } from '../../api/use-names.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Select } from '../../ui/select.tsx';
import { usePlace } from '../../url/place.ts';
import { Nobody } from '../nobody.tsx';
import { PathsChart } from './paths-chart.tsx';

const DEPTHS = [3, 4, 5, 6, 7, 8] as const;
const DEFAULT_DEPTH = 5;
const PERS: readonly Per[] = ['person', 'visitor', 'session'];

/** What people do after an event, or before one, across their visits and devices. */
export function Paths() {
  const { site, range, query, set } = usePlace();
  const names = useNames();
  const t = words.value.paths;
  const start = query['start'] ?? '';
  const end = start ? '' : (query['end'] ?? '');
  const depth = DEPTHS.find((value) => String(value) === query['depth']) ?? DEFAULT_DEPTH;
  const per = PERS.find((value) => value === query['per']) ?? 'person';
  const request: PathsRequest = {
    ...range,
    depth,
    per,
    ...(start ? { start: { event: start } } : {}),
    ...(end ? { end: { event: end } } : {}),
  };
  const report = useReport(JSON.stringify([site.site, request]), (signal) =>
    reports.paths(site.site, request, signal),
  );
  const events = [{ value: '', label: t.any }, ...eventChoices(names, [start, end])];
  return (
    <div class="page">
      <PageTitle name={t.title} />
      <Card>
        <div class="paths-pickers">
          <Select
            label={t.start}
            value={start}
            choices={events}
            onChange={(value) => set({ start: value, end: undefined })}
          />
          <Select
            label={t.end}
            value={end}
            choices={events}
            onChange={(value) => set({ end: value, start: undefined })}
          />
          <Select
            label={t.depth}
            value={String(depth)}
            choices={DEPTHS.map((value) => ({ value: String(value), label: String(value) }))}
            onChange={(value) => set({ depth: value })}
          />
          <Select
            label={t.per}
            value={per}
            choices={PERS.map((value) => ({ value, label: words.value.funnel.pers[value] }))}
            onChange={(value) => set({ per: value })}
          />
        </div>
      </Card>
      <Loaded report={report} heights={[480]}>
        {(view) => (view.nodes.length === 0 ? <Nobody /> : <PathsChart view={view} request={request} />)}
      </Loaded>
    </div>
  );
}
