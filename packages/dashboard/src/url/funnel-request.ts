import type { EventMatch, Filter, FunnelRequest, FunnelStep, Range } from '@throughline/contract';
import type { FunnelDraft, StepDraft } from './funnel.ts';

/** What the API is asked for; undefined while the draft has fewer than two steps. */
export function funnelRequest(draft: FunnelDraft, range: Range): FunnelRequest | undefined {
  const steps = draft.steps.map(toStep);
  if (steps.length < 2) return undefined;
  return {
    ...range,
    steps,
    window_s: draft.window_s,
    order: draft.order,
    per: draft.per,
    ...(draft.breakdown ? { breakdown: { property: draft.breakdown } } : {}),
  };
}

function toStep(step: StepDraft): FunnelStep {
  const matches = step.matches.map(finished);
  const what: FunnelStep = matches.length === 1 ? { ...matches[0]! } : { any_of: matches };
  return step.optional ? { ...what, optional: true } : what;
}

/** A filter that is still being typed is not sent. */
function finished(match: EventMatch): EventMatch {
  const where = (match.where ?? []).filter(isFinished);
  return where.length > 0 ? { event: match.event, where } : { event: match.event };
}

const isFinished = (filter: Filter) =>
  filter.property !== '' &&
  (filter.op === 'exists' ||
    filter.op === 'not_exists' ||
    (filter.value !== undefined && filter.value !== '' && !isEmptyList(filter.value)));

const isEmptyList = (value: Filter['value']) => Array.isArray(value) && value.length === 0;
