/** Shifts belong to one window while they follow each other within a second, for five at most: https://web.dev/articles/cls */
const WINDOW_GAP_MS = 1_000;
const WINDOW_MS = 5_000;
/** Browsers keep 150 entries of each of three kinds; the load of the document is one more. */
const ENTRIES_MAX = 451;

/** Of an interaction, browsers raise the id by this for each: https://github.com/GoogleChrome/web-vitals, `interactionCountPolyfill`. */
const ID_STEP = 7;
/** One of the longest interactions in so many is left out, so that a long visit is not judged by its one worst moment: https://web.dev/articles/inp */
const LEFT_OUT_OF = 50;

/**
 * A performance entry as the tag tells it: when it began, how long it took (inputs), its value and whether an input caused it (layout
 * shifts), which interaction an input belongs to, 0 for none, and the status that the page came with, of its load, which begins at 0 and
 * nothing else does. Tags of before 2026-11-27 tell the first three, and no shift of an input.
 */
interface Entry {
  at_ms: number;
  duration_ms: number;
  value: number | undefined;
  caused: boolean;
  interaction: number | undefined;
  status: number | undefined;
}

export interface Vitals {
  /** When the largest contents were painted; 0 when nothing is known of it. */
  lcp_ms: number;
  /** How long visitors waited for an answer to a click, tap or key, in the worst of 50 interactions. */
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
      : [
          {
            at_ms,
            duration_ms: numberAt(entry, 1) ?? 0,
            value: numberAt(entry, 2),
            caused: entry[3] === true,
            interaction: numberAt(entry, 4),
            status: numberAt(entry, 5),
          },
        ];
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

function inpOf(inputs: readonly Entry[]): number {
  const longest = new Map<number, number>();
  for (const [i, { interaction, duration_ms }] of inputs.entries()) {
    // Older tags do not tell interactions apart: each of their inputs is one.
    const id = interaction ?? -1 - i;
    if (id !== 0) longest.set(id, Math.max(duration_ms, longest.get(id) ?? 0));
  }
  const ids = [...longest.keys()].filter((id) => id > 0);
  const count = ids.length > 0 ? (Math.max(...ids) - Math.min(...ids)) / ID_STEP + 1 : 0;
  const durations = [...longest.values()].sort((a, b) => b - a);
  return durations[Math.min(Math.floor(count / LEFT_OUT_OF), durations.length - 1)] ?? 0;
}

/** The Core Web Vitals of a page from the entries that the browser has kept of it: layout shifts as the library `web-vitals` sums them. */
export function vitalsOf(list: readonly unknown[]): Vitals {
  const entries = entriesOf(list);
  const shifts = entries.filter(({ value, caused }) => value !== undefined && !caused);
  const others = entries.filter(({ value, at_ms }) => value === undefined && at_ms > 0);
  const isInput = ({ duration_ms, interaction }: Entry) => duration_ms > 0 || interaction !== undefined;
  return {
    lcp_ms: Math.max(0, ...others.filter((entry) => !isInput(entry)).map(({ at_ms }) => at_ms)),
    inp_ms: inpOf(others.filter(isInput)),
    cls: clsOf(shifts),
  };
}

/** The HTTP status that the document came with; undefined where the browser does not tell it, or it was told with an earlier view of it. */
export const statusOf = (list: readonly unknown[]): number | undefined =>
  entriesOf(list).find(({ at_ms, value }) => at_ms === 0 && value === undefined)?.status;
