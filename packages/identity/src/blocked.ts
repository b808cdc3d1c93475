import { sha256 } from './hash.ts';

/** Merge tags that nobody filled in: `{{customer.id}}`, `${id}`, `%%email%%`, Mailchimp's `*|EMAIL|*`, `<%= id %>`. */
const UNFILLED = /^(\{.*\}|\$\{.*\}|%.*%|\*\|.*\|\*|<.*>|\[.*\])$/s;

/** Placeholder local parts: whatever the domain, nobody's own mailbox is called so. */
const NOBODYS_MAILBOX = /^(test|null|nil|none|undefined|anonymous|anon|guest|unknown)@/;

/** Shops do have customers 11 and 1111; from this length on one repeated digit is a filler. */
const REPEATED_DIGIT_CHARS_MIN = 8;
const REPEATED_CHARS_MIN = 3;

/** What spreadsheets, logs and templates put around a value that is not there: `"null"`, `(none)`, `#N/A`. */
const WRAPPING = /^[\s"'`´‘’“”«»()#]+|[\s"'`´‘’“”«»()]+$/gu;

const listed = new WeakMap<readonly string[], { plain: Set<string>; hashed: Set<string> }>();

function sets(values: readonly string[]): { plain: Set<string>; hashed: Set<string> } {
  let found = listed.get(values);
  if (found === undefined) {
    // '' is here because the hash of an empty field is what careless senders send most.
    found = { plain: new Set(values), hashed: new Set(['', ...values].map(sha256)) };
    listed.set(values, found);
  }
  return found;
}

/** Whether a normalised value names nobody: listed, whatever its width or quotes, zeros, punctuation only, one repeated character, an unfilled merge tag. */
export function isBlocked(value: string, blockedValues: readonly string[]): boolean {
  const text = value.toLowerCase();
  const { plain } = sets(blockedValues);
  if (plain.has(text) || plain.has(text.normalize('NFKC').replace(WRAPPING, ''))) return true;
  if (UNFILLED.test(text) || NOBODYS_MAILBOX.test(text)) return true;
  const kernel = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (/^0*$/.test(kernel)) return true;
  if (!/^(.)\1*$/su.test(kernel)) return false;
  return kernel.length >= (/^[1-9]/.test(kernel) ? REPEATED_DIGIT_CHARS_MIN : REPEATED_CHARS_MIN);
}

/** Whether a SHA-256 that arrived ready-made is that of a blocked value or of nothing at all. */
export function isBlockedHash(hash: string, blockedValues: readonly string[]): boolean {
  return sets(blockedValues).hashed.has(hash);
}
