import type { Answer, Call } from './call.ts';

/**
 * `public`: anybody. `site_key`: names a site by its public key. `write_key`: proves it with a key of the site.
 * `signature`: signs the body with a secret that the site shares with its shop platform. `operator`: on this machine or its
 * private networks, or with METRICS_TOKEN.
 */
export type Access = 'public' | 'site_key' | 'write_key' | 'signature' | 'operator';

export interface RouteInfo {
  method: 'GET' | 'POST';
  /** Hono's pattern. */
  path: string;
  access: Access;
}

export interface Route extends RouteInfo {
  handle(call: Call): Answer | Promise<Answer>;
}
