import type { Site } from '@throughline/contract';
import type { Context } from 'hono';
import type { Access } from './access.ts';
import type { Attempts } from './attempts.ts';
import type { Caller } from './caller.ts';
import type { ApiOptions } from './options.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A route and who may call it. */
export interface RouteInfo {
  method: Method;
  /** Hono's pattern, `/api/sites/:site/funnel`. */
  path: string;
  access: Access;
}

/** What a handler gets: the caller is admitted, and the site of the path is found. */
export interface Call {
  context: Context;
  caller: Caller;
  options: ApiOptions;
  /** Failed sign-ins so far. */
  attempts: Attempts;
  /** The site in the path. Reading it on a route without one is a programmer's error. */
  readonly site: Site;
}

export interface Route extends RouteInfo {
  handle(call: Call): Response | Promise<Response>;
}
