import { DEFAULT_IDENTITY_RULES, type Identifier, type IdentifierKind } from '@throughline/contract';
import { isBlockedHash } from './blocked.ts';
import { sha256 } from './hash.ts';
import { type IdentifierRefusal, type NormaliseRules, normalise } from './normalise.ts';

/** What a sender may call an identifier: our kinds, or an e-mail or phone that it has hashed itself. */
export type RawKind = IdentifierKind | 'email_sha256' | 'phone_sha256';

export type IdentifierResult =
  | { ok: true; identifier: Identifier }
  | { ok: false; kind: RawKind; reason: IdentifierRefusal };

export interface IdentifierOptions extends NormaliseRules {
  /** Keep e-mail and phone readable (`SiteSettings.plain_identifiers`). Default false: their SHA-256 is kept. */
  plain?: boolean;
}

/** The value that is kept: the SHA-256 of a normalised e-mail or phone unless `plain`, every other kind as it is. */
export function hashIdentifier(
  kind: IdentifierKind,
  normalised: string,
  options: { plain?: boolean } = {},
): string {
  const personal = kind === 'email' || kind === 'phone';
  return personal && options.plain !== true ? sha256(normalised) : normalised;
}

/**
 * The one door for identifiers: normalises, refuses what names nobody, hashes. `email_sha256` and `phone_sha256`
 * are taken as the hash of the value normalised as here; they never equal a value kept with `plain`.
 */
export function identifier(kind: RawKind, raw: unknown, options: IdentifierOptions = {}): IdentifierResult {
  if (kind === 'email_sha256' || kind === 'phone_sha256') return readyHash(kind, raw, options);
  const normalised = normalise(kind, raw, options);
  if (!normalised.ok) return { ok: false, kind, reason: normalised.reason };
  return { ok: true, identifier: { kind, value: hashIdentifier(kind, normalised.value, options) } };
}

function readyHash(
  kind: 'email_sha256' | 'phone_sha256',
  raw: unknown,
  options: IdentifierOptions,
): IdentifierResult {
  if (raw === undefined || raw === null || raw === '') return { ok: false, kind, reason: 'empty' };
  if (typeof raw !== 'string' || !/^\s*[0-9a-fA-F]{64}\s*$/.test(raw)) {
    return { ok: false, kind, reason: 'malformed' };
  }
  const value = raw.trim().toLowerCase();
  const blockedValues = options.blocked_values ?? DEFAULT_IDENTITY_RULES.blocked_values;
  if (isBlockedHash(value, blockedValues)) return { ok: false, kind, reason: 'blocked' };
  return { ok: true, identifier: { kind: kind === 'email_sha256' ? 'email' : 'phone', value } };
}
