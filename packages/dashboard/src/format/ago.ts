import type { Language } from '../state/language.ts';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
const WEEK_S = 7 * 86_400;

/** So many seconds ago in the largest unit; undefined from a week on. What lies ahead, by a clock that is off, was just now. */
export function ago(seconds: number, language: Language): string | undefined {
  if (seconds >= WEEK_S) return undefined;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? (['second', 1] as const);
  return words.format(-Math.floor(Math.max(0, seconds) / size), unit);
}
