import type { FunnelStepView, FunnelView } from '@throughline/contract';
import type { FunnelPlan } from './plan.ts';
import type { FunnelRow } from './statement.ts';

export function funnelView(plan: FunnelPlan, rows: FunnelRow[]): FunnelView {
  const total = rows.find((row) => row.total) ?? empty(plan);
  const steps = stepViews(plan, total.people, total.medians);
  const started = total.people[0] ?? 0;
  return {
    steps,
    ...(plan.breakdown && {
      breakdown: rows
        .filter((row) => !row.total && (row.people[0] ?? 0) > 0)
        .map(({ value, people, medians }) => ({ value, steps: stepViews(plan, people, medians) })),
    }),
    stitched_share: share(total.stitched, started),
    without_stitching: { steps: stepViews(plan, total.without) },
  };
}

/** An optional step is compared with the required one before it, and so is the step after it. */
function stepViews(plan: FunnelPlan, people: number[], medians: (number | null)[] = []): FunnelStepView[] {
  return plan.steps.map(({ label, previous }, index) => {
    const median = medians[index];
    const before = previous === 0 ? (people[index] ?? 0) : (people[previous - 1] ?? 0);
    return {
      step: index + 1,
      label,
      people: people[index] ?? 0,
      conversion_from_start: share(people[index] ?? 0, people[0] ?? 0),
      conversion_from_previous: share(people[index] ?? 0, before),
      median_s_from_previous: index === 0 || median == null ? null : median / 1000,
    };
  });
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

function empty({ steps }: FunnelPlan): FunnelRow {
  const none = steps.map(() => 0);
  return { total: 1, value: '', people: none, medians: none.map(() => null), without: none, stitched: 0 };
}
