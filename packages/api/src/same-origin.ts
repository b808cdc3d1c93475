import { ProblemError } from '@throughline/contract';
import type { Context } from 'hono';
import { ownHost } from './forwarded.ts';

/**
 * Throws 403 unless a request whose credential the browser added by itself was made by our own pages.
 * SameSite=Strict stops other sites already; this stops sub-domains and old browsers. A JSON content
 * type cannot be sent across origins without a preflight, which is never answered.
 */
export function requireSameOrigin(context: Context, options: { trust_proxy: boolean }): void {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign();
  const origin = context.req.header('origin');
  if (origin !== undefined && hostOf(origin) !== ownHost(context, options)) throw foreign();
  if (!/^application\/json\s*(;|$)/i.test(context.req.header('content-type') ?? ''))
    throw new ProblemError(415, {
      code: 'not_json',
      message: 'Send content-type: application/json with a dashboard session.',
      at: '',
    });
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}

const foreign = () =>
  new ProblemError(403, {
    code: 'wrong_origin',
    message:
      'This request came from a page of another site; dashboard sessions work from the dashboard only.',
    at: '',
  });
