/** Shifts belong to one window while they follow each other within a second, for five at most: https://web.dev/articles/cls */
const WINDOW_GAP_MS = 1_000;
const WINDOW_MS = 5_000;
/** Browsers keep 150 entries of each of the three kinds. */
const ENTRIES_MAX = 450;

/** A performance entry as the tag tells it: when it began, how long it took (inputs), its value (layout shifts). */
interface Entry {
  at_ms: number;
  duration_ms: number;
  value: number | undefined;
}

export interface Vitals {
  /** When the largest contents were painted; 0 when nothing is known of it. */
  lcp_ms: number;
  /** The longest that visitors waited for an answer to an input. */
  inp_ms: number;
  /** The worst window of layout shifts that no input caused. */
  cls: number;
}

const numberAt = (list: readonly unknown[], i: number): number | undefined => {
  const value = list[i];
  return typeof value === 'number' && value >= 0 ? value : undefined;
};

function entriesOf(list: readonly unknown[]): Entry[] {
  return list.slice(0, ENTRIES_MAX).flatMap((entry) => {
    if (!Array.isArray(entry)) return [];
    const at_ms = numberAt(entry, 0);
    return at_ms === undefined
      ? []
      : [{ at_ms, duration_ms: numberAt(entry, 1) ?? 0, value: numberAt(entry, 2) }];
  });
}

function clsOf(shifts: readonly Entry[]): number {
  let worst = 0;
  let sum = 0;
  let began_ms = 0;
  let last_ms = Number.NEGATIVE_INFINITY;
  for (const { at_ms, value } of [...shifts].sort((a, b) => a.at_ms - b.at_ms)) {
    if (at_ms - last_ms >= WINDOW_GAP_MS || at_ms - began_ms >= WINDOW_MS) {
      began_ms = at_ms;
      sum = 0;
    }
    last_ms = at_ms;
    sum += value!;
    worst = Math.max(worst, sum);
  }
  return worst;
}

/** The Core Web Vitals of a page from the entries that the browser has kept of it: layout shifts as the library `web-vitals` sums them. */
export function vitalsOf(list: readonly unknown[]): Vitals {
  const entries = entriesOf(list);
  const shifts = entries.filter(({ value }) => value !== undefined);
  const paints = entries.filter(({ value, duration_ms }) => value === undefined && duration_ms === 0);
  return {
    lcp_ms: Math.max(0, ...paints.map(({ at_ms }) => at_ms)),
    inp_ms: Math.max(0, ...entries.map(({ duration_ms }) => duration_ms)),
    cls: clsOf(shifts),
  };
}
