import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const NAME = 'tl_session';

/** How long a dashboard sign-in lasts. */
export const SESSION_MS = 14 * 24 * 60 * 60 * 1000;

export const sessionCookie = (context: Context): string | undefined => getCookie(context, NAME);

export function setSessionCookie(context: Context, key: string, options: { secure: boolean }): void {
  setCookie(context, NAME, key, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: options.secure,
    maxAge: SESSION_MS / 1000,
  });
}

export function clearSessionCookie(context: Context, options: { secure: boolean }): void {
  deleteCookie(context, NAME, { path: '/', httpOnly: true, sameSite: 'Strict', secure: options.secure });
}
