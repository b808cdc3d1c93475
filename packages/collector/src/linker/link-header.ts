import type { Site } from '@throughline/contract';
import type { Call } from '../routes/call.ts';
import { hostOf } from '../steps/hosts.ts';
import { visitorOf } from '../steps/put-ids.ts';
import { otherHosts } from './other-hosts.ts';
import { linkToken } from './token.ts';

/** With this header the tag is told what it may add to links, and to which. */
export const LINK_HEADER = 'tl-link';

export interface LinkHeaderOptions {
  site: Site;
  /** Of the newest event of the batch. */
  visitor: unknown;
  site_secret: string;
  now_ms: number;
}

/** A token and the hosts it is for, where the site has hosts that a cookie of this page does not reach. */
export function linkHeader(
  call: Call,
  { site, visitor, site_secret, now_ms }: LinkHeaderOptions,
): Record<string, string> {
  const pattern = otherHosts(hostOf(call.header('origin') ?? call.header('referer')), site.hosts);
  const visitor_id = visitorOf(visitor);
  if (pattern === '' || visitor_id === '') return {};
  const user_agent = call.header('user-agent') ?? '';
  const token = linkToken(site_secret, { site: site.site, visitor_id, user_agent }, now_ms);
  return token ? { [LINK_HEADER]: `${token} ${pattern}` } : {};
}
