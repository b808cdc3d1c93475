import { withoutInvisible } from './invisible.ts';

/** E.164 allows 15 digits; what is typed with fewer than 6 is a short code or an extension. */
const DIGITS_MIN = 6;
const DIGITS_MAX = 15;

/** Rows of the keypad, typed by people who were made to fill the field in. */
const KEYPAD = /^(0?123456789|1234567890|9876543210|0987654321|12345678|1234567|123456)$/;

/**
 * The number as `+` and digits where the country is known (a leading `+` or `00`, or a calling code given for
 * local numbers), as bare digits otherwise. Undefined when the text is no phone number.
 */
export function normalisePhone(text: string, callingCode?: string): string | undefined {
  const plain = withoutInvisible(text).normalize('NFKC').trim().replace(/^tel:/i, '');
  // `+44 (0)20 …`: the bracketed trunk zero is for callers at home and no part of the international number.
  const bare = plain.replace(/^((?:\+|00)\s*\d[\d\s]*)\(0\)/, '$1').replace(/[\s().\-/\u2010-\u2015]/g, '');
  if (!/^\+?\d+$/.test(bare) || KEYPAD.test(bare)) return undefined;
  const number = international(bare, callingCode);
  const digits = number.replace('+', '');
  // No country's code begins with 0.
  if (number.startsWith('+0') || digits.length > DIGITS_MAX) return undefined;
  if (Math.min(bare.replace('+', '').length, digits.length) < DIGITS_MIN) return undefined;
  return /^(\d)\1*$/.test(digits.slice(callingCode?.length ?? 0)) ? undefined : number;
}

function international(bare: string, callingCode: string | undefined): string {
  if (bare.startsWith('+')) return bare;
  if (bare.startsWith('00')) return `+${bare.slice(2)}`;
  if (callingCode === undefined) return bare;
  // Italy alone keeps the trunk zero after its code.
  if (bare.startsWith('0')) return `+${callingCode}${callingCode === '39' ? bare : bare.slice(1)}`;
  const hasCode = bare.startsWith(callingCode) && bare.length >= callingCode.length + 8;
  return hasCode ? `+${bare}` : `+${callingCode}${bare}`;
}
