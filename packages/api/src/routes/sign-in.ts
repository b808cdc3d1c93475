import { ProblemError } from '@throughline/contract';
import { createKey, revokeKey, useSignIn } from '@throughline/store';
import { jsonBody } from '../body.ts';
import { clientAddress, isHttps } from '../forwarded.ts';
import { keyEffects } from '../key-effects.ts';
import type { Call } from '../route.ts';
import { requireSameOrigin } from '../same-origin.ts';
import { clearSessionCookie, SESSION_MS, setSessionCookie } from '../session-cookie.ts';
import { visibleSites } from '../visible-sites.ts';

/** How long a one-time link can be used. */
export const SIGN_IN_LINK_MS = 24 * 60 * 60 * 1000;

/** Takes the token of a one-time link and answers with a session cookie and the sites it shows. */
export async function signIn({ context, options, attempts }: Call): Promise<Response> {
  // Otherwise another site could sign its visitor in to a session of its choosing.
  requireSameOrigin(context, options);
  const address = clientAddress(context, options);
  attempts.check(address);
  const { token } = await jsonBody(context);
  const used =
    typeof token === 'string' && token.length <= 100
      ? await useSignIn(options.store, token, keyEffects(options))
      : undefined;
  if (used === undefined) {
    attempts.failed(address);
    throw new ProblemError(401, {
      code: 'link_used_or_expired',
      message: 'This sign-in link was used or has expired; `npx throughline sign-in` prints a new one.',
      at: 'token',
    });
  }
  const key = await createKey(
    options.store,
    { kind: 'session', site: used.site, ttl_ms: SESSION_MS },
    keyEffects(options),
  );
  setSessionCookie(context, key, { secure: isHttps(context, options) });
  return context.json({ sites: await visibleSites(options.store, used.site) });
}

/** Ends the session for good, not only in this browser. */
export async function signOut({ context, caller, options }: Call): Promise<Response> {
  if (caller.session_key !== undefined)
    await revokeKey(options.store, caller.session_key, keyEffects(options));
  clearSessionCookie(context, { secure: isHttps(context, options) });
  return context.json({});
}

/** Who is signed in: the sites this caller may look at. */
export async function session({ context, caller, options }: Call): Promise<Response> {
  return context.json({ sites: await visibleSites(options.store, caller.site) });
}

/** Makes a new one-time link's token; the caller puts it behind `/sign-in#`. */
export async function signInLink({ context, options }: Call): Promise<Response> {
  const now = options.clock();
  const token = await createKey(
    options.store,
    { kind: 'sign_in', site: '', ttl_ms: SIGN_IN_LINK_MS },
    keyEffects(options),
  );
  return context.json({ token, expires_at: new Date(now.getTime() + SIGN_IN_LINK_MS).toISOString() }, 201);
}
