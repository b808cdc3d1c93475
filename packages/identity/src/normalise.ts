import { DEFAULT_IDENTITY_RULES, type IdentifierKind, LIMITS } from '@throughline/contract';
import { isBlocked } from './blocked.ts';
import { normaliseEmail } from './email.ts';
import { withoutInvisible } from './invisible.ts';
import { normalisePhone } from './phone.ts';

/** Why a value cannot name a customer. */
export type IdentifierRefusal = 'empty' | 'too_long' | 'malformed' | 'blocked';

export type Normalised = { ok: true; value: string } | { ok: false; reason: IdentifierRefusal };

export interface NormaliseRules {
  /** Lower-case values that name nobody. Default: those of `DEFAULT_IDENTITY_RULES`. */
  blocked_values?: readonly string[];
  /** Digits put before a local phone number in place of its leading 0, e.g. `84`. Absent: local numbers stay as typed. */
  calling_code?: string;
}

/** Nothing longer is looked at, whatever it would shrink to. */
const RAW_CHARS_MAX = 4 * LIMITS.identifier_chars_max;

/**
 * One spelling for each identifier, so that equal means the same person: e-mail trimmed, NFKC and lower-cased;
 * phone reduced to `+` and digits; everything else trimmed, NFC and without invisible characters, case kept. A finite number counts as its
 * decimal text, since shops send `userId: 42`. Idempotent: a normalised value comes back as it is.
 */
export function normalise(kind: IdentifierKind, raw: unknown, rules: NormaliseRules = {}): Normalised {
  const text = typeof raw === 'number' && Number.isFinite(raw) ? String(raw) : raw;
  if (text === undefined || text === null) return { ok: false, reason: 'empty' };
  if (typeof text !== 'string') return { ok: false, reason: 'malformed' };
  if (text.length > RAW_CHARS_MAX) return { ok: false, reason: 'too_long' };
  // A lone surrogate has no UTF-8, so ClickHouse would refuse the row.
  if (/\p{Surrogate}/u.test(text)) return { ok: false, reason: 'malformed' };

  const blockedValues = rules.blocked_values ?? DEFAULT_IDENTITY_RULES.blocked_values;
  const trimmed = text.normalize('NFC').trim();
  if (trimmed === '') return { ok: false, reason: 'empty' };
  if (isBlocked(trimmed, blockedValues)) return { ok: false, reason: 'blocked' };

  const value = spell(kind, trimmed, rules.calling_code);
  if (value === undefined) return { ok: false, reason: 'malformed' };
  if (value.length > LIMITS.identifier_chars_max) return { ok: false, reason: 'too_long' };
  return isBlocked(value, blockedValues) ? { ok: false, reason: 'blocked' } : { ok: true, value };
}

function spell(kind: IdentifierKind, text: string, callingCode: string | undefined): string | undefined {
  if (kind === 'email') return normaliseEmail(text);
  if (kind === 'phone') return normalisePhone(text, callingCode);
  if (/\p{Cc}/u.test(text)) return undefined;
  // Two ids that nobody can tell apart by looking are one; what is left of nothing but such characters is no id.
  return withoutInvisible(text).normalize('NFC').trim() || undefined;
}
