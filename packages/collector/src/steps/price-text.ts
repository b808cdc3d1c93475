import { numberOf } from './text.ts';

/** Currencies with three digits behind the point: https://en.wikipedia.org/wiki/ISO_4217 */
const THREE_PLACES = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/i;
/** Currencies without any: the same. */
const NO_PLACES = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF)$/i;
/** A number, plain or in groups of three, before or behind which a currency may stand; dates, versions and phone numbers are none. */
const AMOUNT =
  /^(?<before>\D{0,5}?)\s?[+-]?(?:\d+(?:[.,]\d{1,4})?|[1-9]\d{0,2}(?<mark>[.,\s’'])\d{3}(?:\k<mark>\d{3})*(?:(?!\k<mark>)[.,]\d{1,2})?)(?<behind>\D{0,5})$/;
/** Signs of currencies that are letters, besides their codes. */
const SIGNS = new Set(['', 'đ', 'vnđ', 'kr', 'zł', 'kč', 'ft', 'lei', 'rs', 'fr', 'rp', 'rm', 'r$', 'us$']);
const CHARS_MAX = 40;

/**
 * An amount that a program has sent as a text, which is a number's (`12.50`) unless it cannot be: as it would stand on a page (`1.299.000₫`,
 * `19,90`, and `285.000` of a currency without decimals). Undefined for words.
 */
export function amountIn(text: string, currency: unknown): number | undefined {
  if (text.length > CHARS_MAX) return undefined;
  const number = numberOf(text);
  const grouped = NO_PLACES.test(String(currency)) && /^\s*[+-]?[1-9]\d{0,2}(\.\d{3})+\s*$/.test(text);
  if (number !== undefined && !grouped) return number;
  const { before, behind } = AMOUNT.exec(text.trim())?.groups ?? {};
  return isCurrency(before, currency) && isCurrency(behind, currency)
    ? numberOf(plainPrice(text, currency))
    : undefined;
}

function isCurrency(text: string | undefined, currency: unknown): boolean {
  if (text === undefined) return false;
  const sign = text.replace(/[.\s]/g, '').toLowerCase();
  return SIGNS.has(sign) || sign === String(currency).toLowerCase() || /^\p{Sc}$/u.test(sign);
}

/**
 * A price as it stands on a page (`95.000₫`, `1,290.50`, `19,90 €`) as a number's text; undefined for what holds none. The last of
 * two kinds of separator is the decimal one. One kind alone separates thousands where it comes more than once, or before three
 * digits and not behind a lone 0, but for currencies that have three places.
 */
export function plainPrice(text: string, currency: unknown): string | undefined {
  const digits = text.replace(/[^\d.,-]/g, '').replace(/^[.,]+|[.,]+$/g, '');
  if (!/^-?\d[\d.,]*$/.test(digits)) return undefined;
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return digits;
  const mark = digits[last]!;
  const others = digits.replaceAll(mark, '');
  const places = digits.length - last - 1;
  const lone = digits.indexOf(mark) === last && !/[.,]/.test(others);
  const thousands = lone
    ? places === 3 && !/^-?0/.test(digits) && !THREE_PLACES.test(String(currency))
    : digits.indexOf(mark) !== last;
  const whole = digits.slice(0, last).replace(/[.,]/g, '');
  return thousands ? whole + digits.slice(last + 1) : `${whole}.${digits.slice(last + 1)}`;
}
