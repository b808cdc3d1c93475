/** Currencies with three digits behind the point: https://en.wikipedia.org/wiki/ISO_4217 */
const THREE_PLACES = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/i;

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
