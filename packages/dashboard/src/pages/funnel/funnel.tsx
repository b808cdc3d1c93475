import './funnel.css';
import { reports } from '../../api/reports.ts';
import { useNames } from '../../api/use-names.ts';
import { useReport } from '../../api/use-report.ts';
import { words } from '../../i18n/words.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { type FunnelDraft, formatFunnel, parseFunnel } from '../../url/funnel.ts';
import { funnelRequest } from '../../url/funnel-request.ts';
import { usePlace } from '../../url/place.ts';
import { FunnelOptions } from './funnel-options.tsx';
import { FunnelResult } from './funnel-result.tsx';
import { PresetPicker } from './preset-picker.tsx';
import { Presets } from './presets.tsx';
import { ShareLink } from './share-link.tsx';
import { StepList } from './step-list.tsx';

/** The builder and its result side by side. The whole draft is in the address. */
export function Funnel() {
  const { site, range, query, set } = usePlace();
  const names = useNames();
  const t = words.value.funnel;
  const draft = parseFunnel(query['funnel']);
  const change = (next: FunnelDraft) =>
    set({ funnel: next.steps.length > 0 ? formatFunnel(next) : undefined });
  const request = funnelRequest(draft, range);
  const report = useReport(
    JSON.stringify([site.site, request]),
    request && ((signal) => reports.funnel(site.site, request, signal)),
  );
  return (
    <div class="page">
      <div class="page-head">
        <PageTitle name={t.title} />
        {request && <ShareLink />}
      </div>
      <div class="funnel-layout">
        <div class="funnel-builder">
          <Card
            title={t.steps}
            actions={draft.steps.length > 0 ? <PresetPicker draft={draft} choose={change} /> : null}
          >
            <StepList draft={draft} names={names} change={change} />
          </Card>
          <Card title={t.options}>
            <FunnelOptions draft={draft} names={names} change={change} />
          </Card>
        </div>
        <Card title={t.results}>
          {request ? (
            <Loaded report={report} heights={[72, 72, 72, 72]}>
              {(view) => <FunnelResult view={view} draft={draft} request={request} />}
            </Loaded>
          ) : (
            <EmptyState title={t.empty_title} text={t.empty_text}>
              <Presets choose={change} />
            </EmptyState>
          )}
        </Card>
      </div>
    </div>
  );
}
