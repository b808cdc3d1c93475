import type { Site } from '@throughline/contract';
import type { Call } from '../routes/call.ts';
import { hostOf } from '../steps/hosts.ts';
import { ADDRESS_CHARS_MAX, type Entry } from '../steps/incoming.ts';
import { visitorOf } from '../steps/put-ids.ts';
import { textOf } from '../steps/text.ts';
import { arrivalOfVisit, carriedText } from './carried.ts';
import { otherHosts } from './other-hosts.ts';
import { linkToken } from './token.ts';

/** The header that builds of the tag pinned before November 27, 2026 read `link` of the answer from. */
export const LINK_HEADER = 'tl-link';

export interface LinkOptions {
  site: Site;
  /** Of the newest event of the batch. */
  visitor: unknown;
  /** Its session's first page. */
  entry: Entry | undefined;
  site_secret: string;
  now_ms: number;
}

/**
 * What the tag may add to links: a token and, after a space, the pattern of the hosts it is for. Undefined unless the site has hosts
 * that a cookie of this page does not reach.
 */
export function linkOf(
  call: Call,
  { site, visitor, entry, site_secret, now_ms }: LinkOptions,
): string | undefined {
  const pattern = otherHosts(hostOf(call.header('origin') ?? call.header('referer')), site.hosts);
  const visitor_id = visitorOf(visitor);
  if (pattern === '' || visitor_id === '') return undefined;
  const user_agent = call.header('user-agent') ?? '';
  const arrived = arrivalOfVisit(site, {
    url: textOf(entry?.url, ADDRESS_CHARS_MAX),
    referrer: textOf(entry?.referrer, ADDRESS_CHARS_MAX),
    user_agent,
    site_secret,
  });
  const of = { site: site.site, visitor_id, user_agent, carried: carriedText(arrived) };
  const token = linkToken(site_secret, of, now_ms);
  return token ? `${token} ${pattern}` : undefined;
}
