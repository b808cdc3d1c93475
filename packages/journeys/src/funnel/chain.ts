import { bitCount, EXCLUDE_BIT, type FunnelPlan, need } from './plan.ts';

/** Milliseconds that no window reaches from: "no attempt has come this far". */
const NONE = 'toInt64(-2305843009213693952)';
const STEP_BITS = 2 ** EXCLUDE_BIT - 1;

/**
 * SQL over `marks`, a person's `Array((key, mask))` sorted by key: an array with, per step, the milliseconds since
 * the required step before when the step was first reached, or -1 when it never was.
 *
 * The definition. A person reaches step k if there are distinct events of theirs, one for step k and one for every
 * required step before it (and for any of the optional ones), each matching its step, with order keys that do not
 * fall (equal keys count as either order), all within the window from the first, where
 * - for an excluded event with the stretch [a, b]: none lies strictly between the event of a and that of the
 *   last step taken up to b (an excluded event of the same key as one of the two is not between);
 * - in `strict` order: strictly between the events of two steps taken one after the other lies no event that
 *   matches a step of the funnel, unless it matches one from the former up to the next required step.
 * One event never fills two steps.
 *
 * How. One pass over the moments (groups of equal keys). For each step the state keeps the attempt with the latest
 * start, which is the one that can still reach whatever any other could. A moment moves an attempt from step j to
 * step k if its events can fill k and the required steps between (Hall's theorem, see overlap.ts). The time between
 * two steps is taken when the later one is first reached, from the attempt with the latest start.
 *
 * People without tied events, nearly all, are served by a pass over the single events.
 */
export function chainSql(plan: FunnelPlan, marks: string): string {
  const tied = `arrayExists((a, b) -> a.1 = b.1, arrayPopFront(${marks}), arrayPopBack(${marks}))`;
  const single = `arrayMap(mark -> (toInt64(intDiv(mark.1, 1048576)), mark.2), if(${tied}, [], ${marks}))`;
  const moments = `arrayMap(group -> ${momentOf(plan)}, arraySplit((mark, first) -> first,
    if(${tied}, ${marks}, []),
    if(${tied}, arrayMap((mark, before) -> mark.1 != before, ${marks}, arrayShiftRight(${marks}.1, 1)), [])))`;
  return `if(${tied}, ${fold(plan, moments, true)}, ${fold(plan, single, false)})`;
}

/** (milliseconds, all bits, per overlap the number of events that touch it, the masks). */
function momentOf({ overlaps }: FunnelPlan): string {
  const counts = overlaps.map((set) => `arrayCount(mask -> bitAnd(mask, ${set}) != 0, group.2)`);
  return `(toInt64(intDiv(group[1].1, 1048576)), arrayFold((bits, mask) -> bitOr(bits, mask), group.2, toUInt32(0)),
    [${counts.join(', ')}]::Array(UInt32), group.2)`;
}

function fold(plan: FunnelPlan, moments: string, tied: boolean): string {
  const n = plan.steps.length;
  const ints = (length: number, value: string) => `arrayWithConstant(${length}, ${value})`;
  return `tupleElement(arrayFold((s, g) -> ${advance(plan, tied)}, ${moments},
    (${ints(n, NONE)}, ${ints(n, 'toInt64(0)')}, ${ints(n, 'toInt64(-1)')})), 3)`;
}

/**
 * The state after moment `g` from state `s`: (1) per step the latest start of an attempt that is there, (2) when
 * that attempt took its last required step, (3) the answer so far. All in milliseconds.
 */
function advance(plan: FunnelPlan, tied: boolean): string {
  const starts: string[] = [];
  const requireds: string[] = [];
  const answers: string[] = [];
  plan.steps.forEach(({ optional }, index) => {
    const step = index + 1;
    const ways = waysTo(plan, step, tied);
    const [reached, since] = best(ways.map(({ holds, start, since }) => ({ holds, start, since })));
    answers.push(`if(s.3[${step}] < 0 AND ${reached} > ${NONE}, g.1 - ${since}, s.3[${step}])`);
    const [arrived, before] = best(
      ways.map(({ holds, spared, start, since }) => ({
        holds: spared === '' ? holds : `${holds} AND ${spared}`,
        start,
        since,
      })),
    );
    const ended = ends(plan, step, tied);
    const stayed = ended === '' ? `s.1[${step}]` : `if(${ended}, ${NONE}, s.1[${step}])`;
    starts.push(`greatest(${stayed}, ${arrived})`);
    requireds.push(
      optional
        ? `if((${arrived}, -(${before})) > (${stayed}, -s.2[${step}]), ${before}, s.2[${step}])`
        : `if(${arrived} > ${stayed}, g.1, s.2[${step}])`,
    );
  });
  const ints = (items: string[]) => `[${items.join(', ')}]::Array(Int64)`;
  return `(${ints(starts)}, ${ints(requireds)}, ${ints(answers)})`;
}

interface Way {
  /** The moment's events allow it. */
  holds: string;
  /** No excluded event of this moment ends the attempt right after; '' when none could. */
  spared: string;
  start: string;
  /** When the required step before `step` was taken. */
  since: string;
}

/** Every way to come to a step in this moment: from each earlier step that leaves no more to fill than the moment can. */
function waysTo(plan: FunnelPlan, step: number, tied: boolean): Way[] {
  const ways: Way[] = [];
  for (let from = step - 1; from >= 0; from--) {
    const bits = need(plan, from, step);
    if (bitCount(bits) > 1 && !tied) break;
    const fits = [`bitAnd(g.2, ${bits}) = ${bits}`];
    plan.overlaps.forEach((set, index) => {
      const wanted = bitCount(bits & set);
      if (wanted > 1) fits.push(`g.3[${index + 1}] >= ${wanted}`);
    });
    if (from > 0) fits.push(`g.1 - s.1[${from}] <= ${plan.window_ms}`);
    const excluded = plan.excludes.reduce(
      (mask, { first, last }, index) =>
        first <= from && step < last ? mask + 2 ** (EXCLUDE_BIT + index) : mask,
      0,
    );
    ways.push({
      holds: fits.join(' AND '),
      spared: excluded === 0 ? '' : `bitAnd(g.2, ${excluded}) = 0`,
      start: from === 0 ? 'g.1' : `s.1[${from}]`,
      since: from === 0 || bitCount(bits) > 1 ? 'g.1' : `s.2[${from}]`,
    });
  }
  return ways;
}

/** [start, since] of the way with the latest start, then the earliest `since`. */
function best(ways: { holds: string; start: string; since: string }[]): [string, string] {
  if (ways.length === 1) {
    const { holds, start, since } = ways[0]!;
    return [`if(${holds}, ${start}, ${NONE})`, since];
  }
  const pairs = ways.map(({ holds, start, since }) => `(if(${holds}, ${start}, ${NONE}), -${since})`);
  const most = `arrayReduce('max', [${pairs.join(', ')}])`;
  return [`${most}.1`, `-(${most}.2)`];
}

/** Condition under which the attempts that were at a step before this moment cannot go on after it; '' for never. */
function ends(plan: FunnelPlan, step: number, tied: boolean): string {
  const conditions: string[] = [];
  const excluded = plan.excludes.reduce(
    (mask, { first, last }, index) =>
      first <= step && step < last ? mask + 2 ** (EXCLUDE_BIT + index) : mask,
    0,
  );
  if (excluded !== 0) conditions.push(`bitAnd(g.2, ${excluded}) != 0`);
  if (plan.order === 'strict') {
    const next = plan.steps.findIndex(({ optional }, index) => index >= step && !optional);
    const last = next === -1 ? plan.steps.length : next + 1;
    const allowed = 2 ** last - 2 ** (step - 1);
    const foreign = (mask: string) =>
      `bitAnd(${mask}, ${STEP_BITS}) != 0 AND bitAnd(${mask}, ${allowed}) = 0`;
    conditions.push(tied ? `arrayExists(mask -> ${foreign('mask')}, g.4)` : foreign('g.2'));
  }
  return conditions.length === 0 ? '' : `(${conditions.join(' OR ')})`;
}
