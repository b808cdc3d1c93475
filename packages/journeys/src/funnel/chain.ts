import { bitCount, EXCLUDE_BIT, type FunnelPlan, need } from './plan.ts';

/** Milliseconds that no window reaches from: "no attempt has come this far". */
const NONE = '-2305843009213693952';
const STEP_BITS = 2 ** EXCLUDE_BIT - 1;

/**
 * Adds `times` to `rows` that have `marks`, an `Array((key, mask))` sorted by key: per step the milliseconds since
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
export function chainSql(plan: FunnelPlan, rows: string): string {
  const split = `SELECT *, arrayExists((a, b) -> a.1 = b.1, arrayPopFront(marks), arrayPopBack(marks)) AS tied FROM (${rows})`;
  const moments = `SELECT *,
      arrayMap(mark -> (toInt64(intDiv(mark.1, 1048576)), mark.2), if(tied, [], marks)) AS single,
      arraySplit((mark, before) -> mark.1 != before.1, if(tied, marks, []),
        if(tied, arrayShiftRight(marks, 1), [])) AS moments
    FROM (${split})`;
  const untied = isPlain(plan) ? foldFlat(plan, 'single') : fold(plan, 'single', false);
  return `SELECT * EXCEPT (single, moments, tied),
      if(tied, ${fold(plan, momentsOf(plan), true)}, ${untied}) AS times
    FROM (${moments})`;
}

/** (milliseconds, all bits, per overlap the number of events that touch it, the masks). */
function momentsOf({ overlaps }: FunnelPlan): string {
  const counts = overlaps.map((set) => `arrayCount(mark -> bitAnd(mark.2, ${set}) != 0, moment)`);
  return `arrayMap(moment -> (toInt64(intDiv(moment[1].1, 1048576)), arrayReduce('groupBitOr', moment.2),
    [${counts.join(', ')}]::Array(UInt32), moment.2), moments)`;
}

/** `times` of all moments; `tied`: moments hold several events, so a moment may fill several steps. */
function fold(plan: FunnelPlan, moments: string, tied: boolean): string {
  const plain = !tied && plan.steps.every(({ optional }) => !optional);
  const start = `arrayWithConstant(${plan.steps.length}, (${NONE}, 0, -1)::Tuple(Int64, Int64, Int64))`;
  return `arrayFold((s, g) -> ${plain ? advancePlain(plan) : advance(plan, tied)}, ${moments}, ${start}).3`;
}

/*
 * Below, `s` is the state: per step the latest start of an attempt that is there, when that attempt took its last
 * required step, and the answer so far; `g` is the moment. All in milliseconds. Steps are rows of arrays rather
 * than text of their own, since ClickHouse takes longer to analyse a long text than to run over 100,000 people.
 */

/** Steps from which on the rows of arrays are quicker to analyse than one expression a step. */
const FLAT_STEPS_MAX = 8;

function isPlain({ steps, order, excludes }: FunnelPlan): boolean {
  return (
    steps.length <= FLAT_STEPS_MAX &&
    order === 'ordered' &&
    excludes.length === 0 &&
    steps.every(({ optional }) => !optional)
  );
}

/**
 * `times` of single events where nothing ends an attempt, which most funnels are: the same as `advancePlain`, with
 * the state as one flat tuple of numbers. Per step three numbers: latest start, when that attempt took the step, the
 * answer so far.
 */
function foldFlat({ steps, window_ms }: FunnelPlan, singles: string): string {
  const own = (step: number, item: number) => `s.${(step - 1) * 3 + item}`;
  const next = steps.flatMap((_, index) => {
    const step = index + 1;
    const matches = `bitAnd(g.2, ${2 ** index}) != 0`;
    if (step === 1) {
      return [
        `if(${matches}, g.1, ${own(1, 1)})`,
        `if(${matches}, g.1, ${own(1, 2)})`,
        `if(${matches}, 0, ${own(1, 3)})`,
      ];
    }
    const holds = `(${matches} AND g.1 - ${own(index, 1)} <= ${window_ms})`;
    const later = `(${holds} AND ${own(index, 1)} > ${own(step, 1)})`;
    return [
      `if(${later}, ${own(index, 1)}, ${own(step, 1)})`,
      `if(${later}, g.1, ${own(step, 2)})`,
      `if(${own(step, 3)} < 0 AND ${holds}, g.1 - ${own(index, 2)}, ${own(step, 3)})`,
    ];
  });
  const types = `Tuple(${next.map(() => 'Int64').join(', ')})`;
  const start = `(${steps.map(() => `${NONE}, 0, -1`).join(', ')})::${types}`;
  const end = `arrayFold((s, g) -> (${next.join(', ')})::${types}, ${singles}, ${start})`;
  const answers = steps.map((_, index) => `end.${index * 3 + 3}`);
  return `arrayMap(end -> [${answers.join(', ')}], [${end}])[1]`;
}

/** Every step is required and a moment is one event, so an attempt moves by one step only. */
function advancePlain(plan: FunnelPlan): string {
  const holds = `bitAnd(g.2, bit) != 0 AND g.1 - before.1 <= ${plan.window_ms}`;
  const { arrived, stayed, rows, names } = survival(plan, {
    reached: `if(${holds}, before.1, ${NONE})`,
    spared: (mask) => `if(${holds} AND bitAnd(g.2, ${mask}) = 0, before.1, ${NONE})`,
    tied: false,
  });
  const bits = plan.steps.map((_, index) => 2 ** index);
  return `arrayMap((own, before, bit${names}) -> (
      greatest(${stayed}, ${arrived}),
      if(${arrived} > ${stayed}, g.1, own.2),
      if(own.3 < 0 AND ${holds}, g.1 - before.2, own.3)
    ), s, arrayPushFront(arrayPopBack(s), (g.1, g.1, toInt64(0))), [${bits.join(', ')}]::Array(UInt32)${rows})`;
}

/** The general case: of all ways to a step the one with the latest start, then the earliest required step before. */
function advance(plan: FunnelPlan, tied: boolean): string {
  const from = `arrayPushFront(s, (g.1, g.1, toInt64(0)))[way.1 + 1]`;
  const fits = [`bitAnd(g.2, way.2) = way.2`, `g.1 - ${from}.1 <= ${plan.window_ms}`];
  if (tied && plan.overlaps.length > 0) fits.push('arrayAll((have, want) -> have >= want, g.3, way.5)');
  const best = (more = '') =>
    `arrayReduce('max', arrayMap(way -> (if(${fits.join(' AND ')}${more}, ${from}.1, ${NONE}), -if(way.4, ${from}.2, g.1)), ways))`;
  const spared = best(' AND bitAnd(g.2, way.3) = 0');
  const { stayed, rows, names } = survival(plan, { reached: '', spared: () => '', tied });
  const arrived = plan.excludes.length > 0 ? spared : best();
  const ways = plan.steps.map((_, index) => `[${waysTo(plan, index + 1, tied).join(', ')}]`);
  const optional = plan.steps.map((step) => Number(step.optional));
  return `arrayMap((own, ways, optional${names}) -> (
      greatest(${stayed}, ${arrived}.1),
      if(optional,
        if((${arrived}.1, ${arrived}.2) > (${stayed}, -own.2), -(${arrived}.2), own.2),
        if(${arrived}.1 > ${stayed}, g.1, own.2)),
      if(own.3 < 0 AND ${best()}.1 > ${NONE}, g.1 + ${best()}.2, own.3)
    ), s,
    [${ways.join(', ')}]::Array(Array(Tuple(UInt8, UInt32, UInt32, UInt8, Array(UInt32)))),
    [${optional.join(', ')}]::Array(UInt8)${rows})`;
}

/**
 * Every way to come to a step in one moment: (from which step, bits that the moment has to bring, excluded events that
 * end the attempt right after, whether no required step lies between, per overlap how many events it takes).
 */
function waysTo(plan: FunnelPlan, step: number, tied: boolean): string[] {
  const ways: string[] = [];
  for (let from = step - 1; from >= 0; from--) {
    const bits = need(plan, from, step);
    const direct = bitCount(bits) === 1;
    if (!direct && !tied) break;
    const wanted = plan.overlaps.map((set) => bitCount(bits & set));
    const ending = from === 0 ? 0 : excludesWithin(plan, from, step);
    ways.push(`(${from}, ${bits}, ${ending}, ${Number(direct)}, [${wanted.join(', ')}])`);
  }
  return ways;
}

/** Excluded events whose stretch has begun by step `from` and goes on after step `step`. */
function excludesWithin({ excludes }: FunnelPlan, from: number, step: number): number {
  return excludes.reduce(
    (mask, { first, last }, index) =>
      first <= from && step < last ? mask + 2 ** (EXCLUDE_BIT + index) : mask,
    0,
  );
}

/** What excluded events and strict order do: rows of arrays for `arrayMap`, and the expressions over them. */
function survival(
  plan: FunnelPlan,
  { reached, spared, tied }: { reached: string; spared: (mask: string) => string; tied: boolean },
): { arrived: string; stayed: string; rows: string; names: string } {
  const n = plan.steps.length;
  const steps = plan.steps.map((_, index) => index + 1);
  const row = (of: (step: number) => number) => `, [${steps.map(of).join(', ')}]::Array(UInt32)`;
  const ended: string[] = [];
  let rows = '';
  let names = '';
  let arrived = reached;
  if (plan.excludes.length > 0) {
    rows +=
      row((step) => (step === 1 ? 0 : excludesWithin(plan, step - 1, step))) +
      row((step) => excludesWithin(plan, step, step));
    names += ', ending, ends';
    arrived = spared('ending');
    ended.push('bitAnd(g.2, ends) != 0');
  }
  if (plan.order === 'strict') {
    rows += row((step) => {
      const next = plan.steps.findIndex(({ optional }, index) => index >= step && !optional);
      return 2 ** (next === -1 ? n : next + 1) - 2 ** (step - 1);
    });
    names += ', allowed';
    const foreign = (mask: string) => `bitAnd(${mask}, ${STEP_BITS}) != 0 AND bitAnd(${mask}, allowed) = 0`;
    ended.push(tied ? `arrayExists(mask -> ${foreign('mask')}, g.4)` : `(${foreign('g.2')})`);
  }
  const stayed = ended.length === 0 ? 'own.1' : `if(${ended.join(' OR ')}, ${NONE}, own.1)`;
  return { arrived, stayed, rows, names };
}
