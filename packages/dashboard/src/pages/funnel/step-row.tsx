import type { FunnelRequest, FunnelStepView } from '@throughline/contract';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';

interface StepRowProps {
  step: FunnelStepView;
  name: string;
  optional: boolean;
  /** The last step before it that may not be skipped: who is missing here is counted against that one. */
  before: FunnelStepView | undefined;
  /** The same step with every browser taken as a person of its own. */
  alone: FunnelStepView | undefined;
  /** People in step 1. */
  start: number;
  request: FunnelRequest;
}

export function StepRow({ step, name, optional, before, alone, start, request }: StepRowProps) {
  const format = useFormat();
  const t = words.value.funnel;
  const width = (people: number) => `${Math.min(100, (people / start) * 100)}%`;
  const dropped = before ? before.people - step.people : 0;
  const drill = (state: 'reached' | 'dropped') => ({
    report: 'funnel' as const,
    request,
    step: step.step,
    state,
  });
  return (
    <li class="result-step">
      <div class="result-head">
        <h3>
          <span class="result-number">{format.exact(step.step)}</span>
          {name}
          {optional && <span class="quiet"> · {t.skippable}</span>}
        </h3>
        <p class="result-people">
          <Count value={step.people} who={{ of: drill('reached'), title: t.who_reached(name) }} />
        </p>
      </div>
      <div class="result-bar" aria-hidden="true">
        <span class="result-fill" style={{ width: width(step.people) }} />
        {alone && <span class="result-ghost" title={t.ghost} style={{ left: width(alone.people) }} />}
      </div>
      <p class="result-facts">
        <span>
          <strong>{format.share(step.conversion_from_start)}</strong> {t.of_start}
        </span>
        {before && (
          <span>
            <strong>{format.share(step.conversion_from_previous)}</strong> {t.of_previous}
          </span>
        )}
        {step.median_s_from_previous !== null && (
          <span>{t.after_previous(format.duration(step.median_s_from_previous))}</span>
        )}
        {dropped > 0 && (
          <span class="result-dropped">
            {t.dropped}: <Count value={dropped} who={{ of: drill('dropped'), title: t.who_dropped(name) }} />
          </span>
        )}
      </p>
    </li>
  );
}
