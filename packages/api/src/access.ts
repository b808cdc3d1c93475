import { ProblemError } from '@throughline/contract';
import type { Caller, CallerKind } from './caller.ts';

/**
 * Who may call a route:
 * - `public`: anyone;
 * - `signed_in`: a dashboard session or the admin token;
 * - `site`: the secret key of that very site, a dashboard session that sees it, or the admin token;
 * - `admin`: the admin token alone.
 */
export type Access = 'public' | 'signed_in' | 'site' | 'admin';

/** Every answer to "may this kind of caller use this kind of route?"; a write key only ever writes. */
export const ADMITTED: Readonly<Record<Access, ReadonlySet<CallerKind>>> = {
  public: new Set<CallerKind>(['nobody', 'write_key', 'secret_key', 'session', 'admin']),
  signed_in: new Set<CallerKind>(['session', 'admin']),
  site: new Set<CallerKind>(['secret_key', 'session', 'admin']),
  admin: new Set<CallerKind>(['admin']),
};

/**
 * Throws 401 or 403 when `caller` may not use a route. `site` is the site named in the path; the answer
 * for a foreign site and for one that does not exist is the same, so that keys cannot probe for sites.
 */
export function admit(access: Access, caller: Caller, site: string | undefined): void {
  if (!ADMITTED[access].has(caller.kind)) throw refusal(access, caller.kind);
  if (site !== undefined && access !== 'public' && caller.site !== '' && caller.site !== site)
    throw new ProblemError(403, {
      code: 'wrong_site',
      message: 'This key or session does not open that site.',
      at: 'site',
    });
}

function refusal(access: Access, kind: CallerKind): ProblemError {
  if (kind === 'nobody')
    return new ProblemError(401, {
      code: 'not_signed_in',
      message:
        'Sign in through a link from `npx throughline sign-in`, or send a secret key or the admin token as a bearer token.',
      at: '',
    });
  const needs = {
    public: 'nothing',
    signed_in: 'a dashboard session or the admin token',
    site: 'a secret key of the site',
    admin: 'the admin token',
  }[access];
  const has = {
    nobody: '',
    write_key: 'a write key, which only sends events',
    secret_key: 'a secret key',
    session: 'a dashboard session',
    admin: '',
  }[kind];
  return new ProblemError(403, {
    code: 'not_allowed',
    message: `This call needs ${needs}; it came with ${has}.`,
    at: '',
  });
}
