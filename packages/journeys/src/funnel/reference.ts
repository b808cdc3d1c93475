import { EXCLUDE_BIT, type FunnelPlan } from './plan.ts';

/** An event as the definition sees it: its order and which steps and excluded events it matches. */
export interface Mark {
  key: number;
  mask: number;
}

const timeOf = (mark: Mark) => Math.floor(mark.key / 2 ** 20);

/**
 * Brute force over the definitions in chain.ts and gather.ts, for tests: tries every choice of distinct events.
 * Per step the milliseconds since the required step before, or -1 when it was not reached.
 */
export function timesByDefinition(plan: FunnelPlan, marks: Mark[]): number[] {
  return plan.order === 'any' ? gathered(plan, marks) : chained(plan, marks);
}

/** Steps taken, with the event of each, in the order of the steps. */
type Taken = { step: number; mark: Mark }[];

function chained(plan: FunnelPlan, marks: Mark[]): number[] {
  const chains: Taken[] = [];
  const extend = (taken: Taken) => {
    if (taken.length > 0) chains.push(taken);
    const last = taken.at(-1);
    for (let step = (last?.step ?? 0) + 1; step <= plan.steps.length; step++) {
      for (const mark of marks) {
        const free = !taken.some((before) => before.mark === mark);
        if (free && matches(mark, step) && (!last || mark.key >= last.mark.key))
          extend([...taken, { step, mark }]);
      }
      if (!plan.steps[step - 1]!.optional) break;
    }
  };
  extend([]);
  const valid = chains.filter((taken) => allowed(plan, taken, marks));
  return plan.steps.map(({ previous }, index) => {
    const reaching = valid.filter((taken) => taken.at(-1)!.step === index + 1);
    const earliest = Math.min(...reaching.map((taken) => taken.at(-1)!.mark.key));
    const first = reaching.filter((taken) => taken.at(-1)!.mark.key === earliest);
    if (first.length === 0) return -1;
    const start = Math.max(...first.map((taken) => timeOf(taken[0]!.mark)));
    const since = first
      .filter((taken) => timeOf(taken[0]!.mark) === start)
      .map((taken) => timeOf(taken.find(({ step }) => step === (previous || 1))!.mark));
    return Math.floor(earliest / 2 ** 20) - Math.min(...since);
  });
}

function allowed(plan: FunnelPlan, taken: Taken, marks: Mark[]): boolean {
  if (timeOf(taken.at(-1)!.mark) - timeOf(taken[0]!.mark) > plan.window_ms) return false;
  const between = (mark: Mark, left: Mark, right: Mark) => left.key < mark.key && mark.key < right.key;
  const excluded = plan.excludes.some(({ first, last }, index) => {
    const from = taken.find(({ step }) => step === first);
    const to = taken.findLast(({ step }) => step <= last);
    return (
      from !== undefined &&
      marks.some((mark) => mark.mask & (1 << (EXCLUDE_BIT + index)) && between(mark, from.mark, to!.mark))
    );
  });
  if (excluded) return false;
  if (plan.order !== 'strict') return true;
  return taken.slice(1).every((to, index) => {
    const from = taken[index]!;
    const required = plan.steps.findIndex(({ optional }, at) => at >= from.step && !optional);
    const next = required === -1 ? plan.steps.length : required + 1;
    return !marks.some((mark) => {
      const steps = plan.steps.map((_, at) => at + 1).filter((step) => matches(mark, step));
      const foreign = steps.length > 0 && !steps.some((step) => step >= from.step && step <= next);
      return foreign && between(mark, from.mark, to.mark);
    });
  });
}

/** The first moment at which a set of distinct events for the step and the required ones before it is there. */
function gathered(plan: FunnelPlan, marks: Mark[]): number[] {
  const moments = plan.steps.map((_, index) => {
    const wanted = plan.steps
      .map((__, at) => at + 1)
      .filter((step) => step === index + 1 || (step <= index && !plan.steps[step - 1]!.optional));
    const sets: Mark[][] = [];
    const choose = (set: Mark[]) => {
      const step = wanted[set.length];
      if (step === undefined) sets.push(set);
      else for (const mark of marks) if (!set.includes(mark) && matches(mark, step)) choose([...set, mark]);
    };
    choose([]);
    const ends = sets
      .map((set) => ({
        first: Math.min(...set.map(({ key }) => key)),
        last: Math.max(...set.map(({ key }) => key)),
      }))
      .filter(({ first, last }) => Math.floor(last / 2 ** 20) - Math.floor(first / 2 ** 20) <= plan.window_ms)
      .filter(
        ({ first, last }) => !marks.some(({ key, mask }) => mask >> EXCLUDE_BIT && first < key && key < last),
      )
      .map(({ last }) => Math.floor(last / 2 ** 20));
    return ends.length === 0 ? -1 : Math.min(...ends);
  });
  return plan.steps.map(({ previous }, index) =>
    moments[index] === -1 ? -1 : moments[index]! - moments[(previous || index + 1) - 1]!,
  );
}

const matches = (mark: Mark, step: number) => (mark.mask & (1 << (step - 1))) !== 0;

/** Furthest step of a list of times, 0 for none. */
export const furthest = (times: number[]) => times.findLastIndex((time) => time >= 0) + 1;
