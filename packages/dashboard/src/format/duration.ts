import type { Language } from '../state/language.ts';

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds in the two largest units, the second one dropped when it is zero: `2d 4h`, `35m`, `0s`. */
export function duration(seconds: number, language: Language): string {
  const rounded = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => rounded >= size);
  if (first === -1) return unit(0, 'second', language);
  const [name, size] = UNITS[first]!;
  const large = Math.floor(rounded / size);
  const parts = [unit(large, name, language)];
  const next = UNITS[first + 1];
  // Ten days and more need no hours beside them.
  if (next && !(name === 'day' && large >= 10)) {
    const small = Math.floor((rounded % size) / next[1]);
    if (small > 0) parts.push(unit(small, next[0], language));
  }
  return parts.join(' ');
}

const unit = (value: number, name: string, language: Language) =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: language === 'en' ? 'narrow' : 'short',
  }).format(value);
