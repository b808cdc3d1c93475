import { createHash } from 'node:crypto';

/** Lone surrogates become U+FFFD: ClickHouse refuses a whole insert for one of them. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\uFFFD');

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g;

/** A name without control characters, which no screen shows; one that breaks lines or columns becomes a space. */
export function withoutControls(text: string): string {
  CONTROLS.lastIndex = 0;
  if (!CONTROLS.test(text)) return text;
  return text.replace(CONTROLS, (control) => (control >= '\t' && control <= '\r' ? ' ' : '')).trim();
}

/** Text or a number as text, cut to `chars_max`; '' for anything else. */
export function textOf(value: unknown, chars_max: number): string {
  if (typeof value === 'string') return value.length > chars_max ? value.slice(0, chars_max) : value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return '';
}

/** A finite number, also from text such as "12.50"; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (
    typeof value !== 'string' ||
    value.length > 40 ||
    !/^\s*[+-]?\d*\.?\d+(e[+-]?\d{1,3})?\s*$/i.test(value)
  )
    return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export type Fields = Record<string, unknown>;

/** A plain JSON object; undefined for arrays, null and everything else. */
export const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

export function isEmpty(fields: object): boolean {
  for (const _ in fields) return false;
  return true;
}

/** The own field `key`: what a prototype offers is not input. */
export const own = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined;

/** SHA-256 as hex; the first 22 characters of it stand for an id that cannot be used as it is. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
