import type { FunnelRequest, FunnelView } from '@throughline/contract';
import './funnel-result.css';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Sure } from '../../ui/sure.tsx';
import type { FunnelDraft } from '../../url/funnel.ts';
import { Nobody } from '../nobody.tsx';
import { BreakdownTable } from './breakdown-table.tsx';
import { stepName } from './step-name.ts';
import { StepRow } from './step-row.tsx';

/** How many go on from step to step, and how much of that rests on stitching. */
export function FunnelResult({
  view,
  draft,
  request,
}: {
  view: FunnelView;
  draft: FunnelDraft;
  request: FunnelRequest;
}) {
  const format = useFormat();
  const t = words.value.funnel;
  const last = view.steps.at(-1);
  const alone = view.without_stitching.steps.at(-1);
  const unstitched = view.steps.every(
    (step, index) => step.people === view.without_stitching.steps[index]?.people,
  );
  if (!last || (view.steps[0]?.people ?? 0) === 0) return <Nobody />;
  return (
    <>
      <p class="funnel-whole">{t.whole(format.share(last.conversion_from_start))}</p>
      <ol class="result">
        {view.steps.map((step, index) => (
          <StepRow
            key={step.step}
            step={step}
            name={stepName(draft.steps[index], step.label)}
            optional={draft.steps[index]?.optional ?? false}
            before={view.steps.findLast((_, at) => at < index && !draft.steps[at]?.optional)}
            alone={view.without_stitching.steps[index]}
            start={view.steps[0]!.people}
            request={request}
          />
        ))}
      </ol>
      {alone && draft.per === 'person' && (
        <Sure
          who={{
            of: { report: 'funnel', request, step: 1, state: 'reached', stitched: true },
            title: t.who_stitched,
            people: Math.round(view.stitched_share * view.steps[0]!.people),
          }}
          {...(view.stitched_share === 0 && unstitched
            ? { claim: t.stitched_none }
            : {
                claim: t.stitched(format.share(view.stitched_share)),
                otherwise: t.without(
                  words.value.counts.people(alone.people, format.count(alone.people)),
                  format.share(alone.conversion_from_start),
                ),
              })}
        />
      )}
      {view.breakdown && view.breakdown.length > 0 && (
        <BreakdownTable
          breakdown={view.breakdown}
          property={draft.breakdown}
          names={view.steps.map((step, index) => stepName(draft.steps[index], step.label))}
          request={request}
        />
      )}
    </>
  );
}
