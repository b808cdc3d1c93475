import { bitCount, EXCLUDE_BIT, type FunnelPlan, need } from './plan.ts';

/**
 * Adds `times` to `rows` that have `marks`, sorted by key, for steps in any order: per step the milliseconds from the first moment at which
 * the required steps before it were done to the first at which it was too, or -1.
 *
 * The definition. A person reaches step k if there are distinct events of theirs, one for step k and one for every
 * required step before it, in any order, the latest within the window of the earliest, and no excluded event lies
 * strictly between the earliest and the latest.
 *
 * How. One pass that keeps the events of the window that ends at the present one and begins after the last excluded
 * event; of events that match the same steps only as many as could be needed.
 */
export function gatherSql(plan: FunnelPlan, rows: string): string {
  const n = plan.steps.length;
  const stepBits = 2 ** EXCLUDE_BIT - 1;
  const ms = (key: string) => `toInt64(intDiv(${key}, 1048576))`;
  // s = (window, key of the last excluded event, key of the one before at an earlier moment, first times)
  const barrier = 'if(e.1 > s.2, s.2, s.3)';
  const inside = `arrayFilter(x -> x.1 >= ${barrier} AND ${ms('e.1')} - ${ms('x.1')} <= ${plan.window_ms}, s.1)`;
  const grown = `if(bitAnd(e.2, ${stepBits}) = 0, ${inside}, arrayPushBack(${inside}, (e.1, bitAnd(e.2, ${stepBits}))))`;
  const kept = `arrayFilter((x, i) -> arrayCount(y -> y = x.2, arraySlice(${grown}.2, i + 1)) < ${n}, ${grown}, arrayEnumerate(${grown}))`;
  const firsts = plan.steps.map((_, index) => {
    const bits = need(plan, 0, index + 1);
    const fits = [`bitAnd(arrayFold((b, x) -> bitOr(b, x.2), ${grown}, toUInt32(0)), ${bits}) = ${bits}`];
    for (const set of plan.overlaps) {
      const wanted = bitCount(bits & set);
      if (wanted > 1) fits.push(`arrayCount(x -> bitAnd(x.2, ${set}) != 0, ${grown}) >= ${wanted}`);
    }
    return `if(s.4[${index + 1}] < 0 AND ${fits.join(' AND ')}, ${ms('e.1')}, s.4[${index + 1}])`;
  });
  const excluded = `bitShiftRight(e.2, ${EXCLUDE_BIT}) != 0 AND e.1 > s.2`;
  const first = `tupleElement(arrayFold((s, e) -> (
      ${kept}, if(${excluded}, e.1, s.2), if(${excluded}, s.2, s.3), [${firsts.join(', ')}]::Array(Int64)
    ), marks, ([]::Array(Tuple(UInt64, UInt32)), toUInt64(0), toUInt64(0), arrayWithConstant(${n}, toInt64(-1)))), 4)`;
  const previous = plan.steps.map((step, index) => step.previous || index + 1);
  const since = `arrayMap((firsts, index, previous) -> if(firsts[index] < 0, toInt64(-1), firsts[index] - firsts[previous]),
    arrayWithConstant(${n}, firsts), range(1, ${n + 1}), [${previous.join(', ')}])`;
  return `SELECT * EXCEPT (firsts), ${since} AS times FROM (SELECT *, ${first} AS firsts FROM (${rows}))`;
}
