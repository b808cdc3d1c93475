import { signal } from '@preact/signals';
import type { Site } from '@throughline/contract';
import { ApiError } from '../api/call.ts';
import { reports } from '../api/reports.ts';

export interface Session {
  state: 'loading' | 'signed_in' | 'signed_out' | 'failed';
  sites: Site[];
  error?: ApiError;
}

export const session = signal<Session>({ state: 'loading', sites: [] });

/** Asks who we are; the cookie itself is out of our reach. */
export async function loadSession(): Promise<void> {
  session.value = { state: 'loading', sites: [] };
  try {
    const { sites } = await reports.session();
    session.value = { state: 'signed_in', sites };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    session.value =
      error.status === 401 ? { state: 'signed_out', sites: [] } : { state: 'failed', sites: [], error };
  }
}

/** A site that was changed here, in place of what was known of it. */
export function siteChanged(site: Site): void {
  const sites = session.value.sites.map((known) => (known.site === site.site ? site : known));
  session.value = { ...session.value, sites };
}

export function signedOut(): void {
  session.value = { state: 'signed_out', sites: [] };
}

/** Signed out only when the server said so: a cookie that still works must not look as if it were gone. */
export async function signOut(): Promise<void> {
  try {
    await reports.signOut();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    session.value = { state: 'failed', sites: [], error };
    return;
  }
  signedOut();
}
