import { ProblemError, type Site } from '@throughline/contract';
import { findSite, StoreError } from '@throughline/store';
import { type Context, Hono } from 'hono';
import { admit } from './access.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import { callerOf } from './caller.ts';
import type { ApiOptions } from './options.ts';
import { answerError, NOT_FOUND, problem } from './problems.ts';
import type { Route, RouteInfo } from './route.ts';
import { ROUTES } from './routes.ts';
import { requireSameOrigin } from './same-origin.ts';
import { secureHeaders } from './secure-headers.ts';

export interface Api {
  app: Hono;
  routes: readonly RouteInfo[];
}

/** The query API, sign-in and the dashboard's files, as one Hono app without a socket. */
export function createApi(options: ApiOptions): Api {
  const app = new Hono();
  app.use(secureHeaders);
  const attempts = createAttempts(options.clock);
  for (const route of ROUTES)
    app.on(route.method, route.path, (context) => serve(route, context, options, attempts));
  // A GET always meets the last route of the table; this is for the other methods.
  app.notFound((context) => problem(context, 404, NOT_FOUND));
  app.onError((error, context) => answerError(context, error, options.log));
  return { app, routes: ROUTES.map(({ method, path, access }) => ({ method, path, access })) };
}

/** Admits the caller, finds the site of the path, and lets the route answer. */
async function serve(
  route: Route,
  context: Context,
  options: ApiOptions,
  attempts: Attempts,
): Promise<Response> {
  const caller = await callerFor(route, context, options);
  const key = context.req.param('site');
  admit(route.access, caller, key);
  if (caller.by_cookie && route.method !== 'GET') requireSameOrigin(context, options);
  const site = key === undefined ? undefined : await siteOf(options, key);
  if (key !== undefined && site === undefined)
    throw new ProblemError(404, {
      code: 'unknown_site',
      message: 'There is no such site; `npx throughline site list` shows those there are.',
      at: 'site',
    });
  return route.handle({
    context,
    caller,
    options,
    attempts,
    get site() {
      if (site === undefined) throw new Error(`${route.path} names no site`);
      return site;
    },
  });
}

/** While the store is away, as the server knows it otherwise: some routes have an answer all the same. */
function siteOf({ store, known }: ApiOptions, key: string): Promise<Site | undefined> {
  return findSite(store, key).catch((error: unknown) => {
    if (known && error instanceof StoreError) return known.find(key);
    throw error;
  });
}

/** Public routes do not ask who calls, so that the pages are there while the store is not. */
const callerFor = (route: Route, context: Context, options: ApiOptions) =>
  route.access === 'public'
    ? { kind: 'nobody' as const, site: '', by_cookie: false }
    : callerOf(context, options);
