import { findKey, type Key, type Store, StoreError } from '@throughline/store';
import type { Context } from 'hono';
import type { KnownSites } from './options.ts';
import { sessionCookie } from './session-cookie.ts';

export type CallerKind = 'nobody' | 'write_key' | 'secret_key' | 'session' | 'admin';

/** Who sent a request. A wrong, expired or revoked credential is nobody's. */
export interface Caller {
  kind: CallerKind;
  /** The only site this caller may name; '' for all sites. Meaningless for `nobody`. */
  site: string;
  /** The credential came by cookie, so the browser sends it along by itself. */
  by_cookie: boolean;
  /** The session's key, so that signing out can revoke it. */
  session_key?: string;
}

const NOBODY: Caller = { kind: 'nobody', site: '', by_cookie: false };

export interface CallerOptions {
  store: Store;
  known?: KnownSites;
  /** Compares in constant time. */
  is_admin(token: string): boolean;
  clock(): Date;
}

/** A bearer token is looked at first, and a wrong one is not made good by a cookie beside it. */
export async function callerOf(context: Context, options: CallerOptions): Promise<Caller> {
  const bearer = /^Bearer +(\S+) *$/i.exec(context.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) {
    if (options.is_admin(bearer)) return { kind: 'admin', site: '', by_cookie: false };
    const found = await lookUp(bearer, options);
    if (found?.kind === 'secret') return { kind: 'secret_key', site: found.site, by_cookie: false };
    if (found?.kind === 'write') return { kind: 'write_key', site: found.site, by_cookie: false };
    return NOBODY;
  }
  const cookie = sessionCookie(context);
  if (cookie === undefined) return NOBODY;
  const found = await lookUp(cookie, options);
  if (found?.kind !== 'session') return NOBODY;
  return { kind: 'session', site: found.site, by_cookie: true, session_key: cookie };
}

/** While the store is away a secret key is known otherwise, and a session is not. */
async function lookUp(
  key: string,
  { store, known, clock }: CallerOptions,
): Promise<Pick<Key, 'kind' | 'site'> | undefined> {
  try {
    return await findKey(store, key, { now: () => clock().getTime() });
  } catch (error) {
    const site = error instanceof StoreError ? await known?.findBySecret(key) : undefined;
    if (!site) throw error;
    return { kind: 'secret', site: site.site };
  }
}
