import type { EventMatch, Filter } from '@throughline/contract';
import { badRequest } from '../parse.ts';
import { propertyOf } from '../property.ts';

/** Different steps that one and the same event could fill; more would make the sets below too many. */
const ALIKE_STEPS_MAX = 10;

/**
 * Steps that one event could fill, as sets to be checked by Hall's theorem: k steps can be given k distinct
 * events exactly if every set of them is matched by at least as many events as it has steps. Only unions of
 * equal steps inside one connected group can fail, so only those are listed (as masks, bit `k - 1` is step `k`).
 * Needed where events share one moment; events at different times are distinct anyway.
 */
export function overlapsOf(steps: EventMatch[][]): number[] {
  const sets: number[] = [];
  for (const group of groupsOf(steps)) {
    const classes = new Map<string, number>();
    for (const index of group) {
      const key = JSON.stringify(steps[index]);
      classes.set(key, (classes.get(key) ?? 0) | (1 << index));
    }
    const masks = [...classes.values()];
    if (masks.length > ALIKE_STEPS_MAX) {
      throw badRequest(
        'too_many_alike_steps',
        `At most ${ALIKE_STEPS_MAX} different steps may fit the same event; make their filters exclude each other.`,
        'steps',
      );
    }
    for (let choice = 1; choice < 1 << masks.length; choice++) {
      sets.push(masks.reduce((set, mask, bit) => (choice & (1 << bit) ? set | mask : set), 0));
    }
  }
  return sets.filter((set) => (set & (set - 1)) !== 0);
}

/** Indexes of steps connected by overlapping, each group once. */
function groupsOf(steps: EventMatch[][]): number[][] {
  const groups: number[][] = [];
  steps.forEach((step, index) => {
    const touched = groups.filter((group) => group.some((other) => overlap(steps[other]!, step)));
    for (const group of touched) groups.splice(groups.indexOf(group), 1);
    groups.push([...touched.flat(), index]);
  });
  return groups;
}

function overlap(left: EventMatch[], right: EventMatch[]): boolean {
  return left.some((a) => right.some((b) => a.event === b.event && !disjoint(a.where ?? [], b.where ?? [])));
}

/** Both ask one single-valued property for different texts. */
function disjoint(left: Filter[], right: Filter[]): boolean {
  return left.some(
    (a) =>
      a.op === 'eq' &&
      typeof a.value === 'string' &&
      !['products', 'money'].includes(propertyOf(a.property)?.kind ?? 'products') &&
      right.some(
        (b) =>
          b.op === 'eq' && b.property === a.property && typeof b.value === 'string' && b.value !== a.value,
      ),
  );
}
