import { withoutInvisible } from './invisible.ts';

/** Lengths of RFC 5321, section 4.5.3.1. */
const LOCAL_CHARS_MAX = 64;
const ADDRESS_CHARS_MAX = 254;

/**
 * The address in one spelling, or undefined when the text is no address. The local part is lower-cased as well:
 * by the letter of RFC 5321 it may be case-sensitive, but no mailbox a shop meets is. Dots and `+tags` stay,
 * because only the mailbox's own host knows whether they matter.
 */
export function normaliseEmail(text: string): string | undefined {
  const address = withoutInvisible(text).normalize('NFKC').trim().toLowerCase();
  const match = /^([^\s@"(),:;<>[\\\]\p{Cc}]+)@([^\s@\p{Cc}]+)$/u.exec(address);
  if (match === null || address.length > ADDRESS_CHARS_MAX) return undefined;
  const [, local, domain] = match;
  if (local!.length > LOCAL_CHARS_MAX || /^\.|\.\.|\.$/.test(local!)) return undefined;
  if (mixesLookAlikes(local!) || domain!.split('.').some(mixesLookAlikes)) return undefined;
  return isDomain(domain!) ? address : undefined;
}

/**
 * Latin beside Cyrillic or Greek letters in one word: `аnn@` with a Cyrillic а looks like `ann@`, and is nobody's real
 * address. Registries refuse such labels, see https://www.unicode.org/reports/tr39/#Restriction_Level_Detection.
 */
function mixesLookAlikes(word: string): boolean {
  return /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word);
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  if (
    labels.length < 2 ||
    !labels.every((label) => /^[\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u.test(label))
  ) {
    return false;
  }
  return !/^\d+$/.test(labels.at(-1)!) && labels.at(-1)!.length >= 2;
}
