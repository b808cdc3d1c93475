import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../store.ts';

/** `write`: the track API. `secret`: reads. `sign_in`: a one-time link. `session`: the dashboard's cookie. */
export type KeyKind = 'write' | 'secret' | 'sign_in' | 'session';

export interface Key {
  kind: KeyKind;
  /** The site it opens; '' for all sites. */
  site: string;
  created_at: string;
  /** 2100 for keys that do not expire. */
  expires_at: string;
}

/** A key as lists show it: the beginning of its hash tells keys apart. */
export interface KeySummary extends Key {
  id: string;
}

interface Clock {
  now?: () => number;
}
interface Effects extends Clock {
  random?: (bytes: number) => Uint8Array;
}

const PREFIXES: Record<KeyKind, string> = { write: 'tlw_', secret: 'tls_', sign_in: 'tli_', session: 'tlc_' };
const KEY_BYTES = 24;
const ID_CHARS = 12;
const NEVER = '2100-01-01T00:00:00.000Z';
const COLUMNS = 'kind, site, created_at, expires_at';

/** Makes a key and gives its text, which exists nowhere else: only its SHA-256 is kept. `ttl_ms`: from now. */
export async function createKey(
  store: Store,
  key: { kind: KeyKind; site: string; ttl_ms?: number },
  { now = Date.now, random = randomBytes }: Effects = {},
): Promise<string> {
  const text = PREFIXES[key.kind] + Buffer.from(random(KEY_BYTES)).toString('base64url');
  const made = now();
  const row = {
    hash: keyHash(text),
    kind: key.kind,
    site: key.site,
    created_at: new Date(made).toISOString(),
    expires_at: key.ttl_ms === undefined ? NEVER : new Date(made + key.ttl_ms).toISOString(),
    removed: 0,
    version: made,
  };
  await store.insert('keys', [row]);
  return text;
}

/** What a key opens; undefined when it is unknown, expired, revoked or, for a one-time link, used. */
export async function findKey(store: Store, text: string, clock: Clock = {}): Promise<Key | undefined> {
  // Spares the question for what cannot be one of ours.
  if (!/^tl[a-z]_[A-Za-z0-9_-]{8,64}$/.test(text)) return undefined;
  return findHash(store, keyHash(text), clock);
}

/** Ends a key at once. Gives false when it was not valid any more. */
export async function revokeKey(store: Store, text: string, clock: Clock = {}): Promise<boolean> {
  return removeHash(store, keyHash(text), clock);
}

/** One-time links being used in this process: two clicks at once must not both get in. */
const inUse = new Set<string>();

/** Uses up a sign-in link: what it opens the first time, undefined ever after. */
export async function useSignIn(store: Store, text: string, clock: Clock = {}): Promise<Key | undefined> {
  const hash = keyHash(text);
  if (inUse.has(hash)) return undefined;
  inUse.add(hash);
  try {
    const key = await findKey(store, text, clock);
    if (key?.kind !== 'sign_in') return undefined;
    await removeHash(store, hash, clock);
    return key;
  } finally {
    inUse.delete(hash);
  }
}

/** The valid write and secret keys of a site, oldest first. */
export async function listKeys(
  store: Store,
  site: string,
  { now = Date.now }: Clock = {},
): Promise<KeySummary[]> {
  const sql = `
    SELECT substring(hash, 1, {id_chars:UInt8}) AS id, ${COLUMNS} FROM keys FINAL
    WHERE site = {site:String} AND kind IN ('write', 'secret') AND removed = 0 AND expires_at > {now:DateTime64(3, 'UTC')}
    ORDER BY created_at, id`;
  return store.query<KeySummary>({ sql, params: { site, id_chars: ID_CHARS, now: new Date(now()) } });
}

/** A write or secret key by its hash, for who has to know it without the store. */
export interface KnownKey {
  hash: string;
  kind: KeyKind;
  site: string;
  expires_at: string;
}

/** The valid write and secret keys of all sites. */
export async function listKnownKeys(store: Store, { now = Date.now }: Clock = {}): Promise<KnownKey[]> {
  const sql = `
    SELECT hash, kind, site, expires_at FROM keys FINAL
    WHERE kind IN ('write', 'secret') AND site != '' AND removed = 0 AND expires_at > {now:DateTime64(3, 'UTC')}
    ORDER BY hash`;
  return store.query<KnownKey>({ sql, params: { now: new Date(now()) } });
}

/** Ends every key of a site, for when the site is removed. */
export async function revokeKeysOf(
  store: Store,
  site: string,
  { now = Date.now }: Clock = {},
): Promise<void> {
  const sql = `
    SELECT hash, kind, site, created_at, expires_at, 1, {version:UInt64} FROM keys FINAL
    WHERE site = {site:String} AND removed = 0`;
  await store.insertSelect('keys', { sql, params: { site, version: now() } });
}

async function findHash(store: Store, hash: string, { now = Date.now }: Clock): Promise<Key | undefined> {
  const sql = `SELECT ${COLUMNS} FROM keys FINAL WHERE hash = {hash:String} AND removed = 0`;
  const [key] = await store.query<Key>({ sql, params: { hash } });
  return key && Date.parse(key.expires_at) > now() ? key : undefined;
}

async function removeHash(store: Store, hash: string, clock: Clock): Promise<boolean> {
  const key = await findHash(store, hash, clock);
  if (!key) return false;
  await store.insert('keys', [{ ...key, hash, removed: 1, version: (clock.now ?? Date.now)() }]);
  return true;
}

/** What is kept of a key. */
export const keyHash = (text: string): string => createHash('sha256').update(text).digest('hex');
