import type { Site } from '@throughline/contract';
import type { Call } from '../routes/call.ts';
import { hostOf } from '../steps/hosts.ts';
import { visitorOf } from '../steps/put-ids.ts';
import { otherHosts } from './other-hosts.ts';
import { linkToken } from './token.ts';

/** The header that builds of the tag pinned before November 27, 2026 read `link` of the answer from. */
export const LINK_HEADER = 'tl-link';

export interface LinkOptions {
  site: Site;
  /** Of the newest event of the batch. */
  visitor: unknown;
  site_secret: string;
  now_ms: number;
}

/**
 * What the tag may add to links: a token and, after a space, the pattern of the hosts it is for. Undefined unless the site has hosts
 * that a cookie of this page does not reach.
 */
export function linkOf(call: Call, { site, visitor, site_secret, now_ms }: LinkOptions): string | undefined {
  const pattern = otherHosts(hostOf(call.header('origin') ?? call.header('referer')), site.hosts);
  const visitor_id = visitorOf(visitor);
  if (pattern === '' || visitor_id === '') return undefined;
  const user_agent = call.header('user-agent') ?? '';
  const token = linkToken(site_secret, { site: site.site, visitor_id, user_agent }, now_ms);
  return token ? `${token} ${pattern}` : undefined;
}
