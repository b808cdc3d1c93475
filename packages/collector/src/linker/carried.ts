import type { Site } from '@throughline/contract';
import { type Arrived, fromOwnHost, hasCampaign, knownArrival, withChannel } from '../steps/arrived.ts';
import { signedToken, tokenIn } from './token.ts';

/*
 * What brought a visitor to one host of the site goes with their token to the next, so that a checkout on a domain of its own does not
 * make every buyer one who came by themselves.
 */

/** In this order in a token. The channel follows from them. */
export const PARTS = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'click_id',
  'referrer_host',
  'utm_term',
  'utm_content',
] as const satisfies readonly Exclude<keyof Arrived, 'channel'>[];

/** An address has room for so much; a campaign whose texts take more is not carried on. */
export const CARRIED_CHARS_MAX = 400;

/** For a token: '' when nothing brought the visitor, or too much to say. */
export function carriedText(arrived: Arrived): string {
  const values: string[] = PARTS.map((part) => arrived[part]);
  while (values.at(-1) === '') values.pop();
  if (values.length === 0) return '';
  const text = Buffer.from(JSON.stringify(values)).toString('base64url');
  return text.length > CARRIED_CHARS_MAX ? '' : text;
}

/** What a token that the collector has signed carries; undefined for nothing. */
export function carriedArrival(text: string): Arrived | undefined {
  if (text === '') return undefined;
  const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
  if (!Array.isArray(values)) return undefined;
  const brought = Object.fromEntries(PARTS.map((part, i) => [part, String(values[i] ?? '')]));
  return withChannel(brought as Record<(typeof PARTS)[number], string>);
}

export interface Visit {
  /** Of its first page. */
  url: string;
  referrer: string;
  user_agent: string;
  /** Undefined where nothing is signed. */
  site_secret: string | undefined;
}

/**
 * What brought a visit: its first page, by a campaign in its address before all else, or what had brought the visitor to the site's other
 * host that led there with a token. The token counts for the whole visit, so that it may have run out by now; who follows a copy of the link from
 * elsewhere has nothing of it.
 */
export function arrivalOfVisit(site: Site, visit: Visit): Arrived {
  const { url, referrer, user_agent, site_secret } = visit;
  const entered = knownArrival(site, url, referrer);
  const text = tokenIn(url);
  if (!site_secret || !text || hasCampaign(entered) || !fromOwnHost(site, url, referrer)) return entered;
  const token = signedToken(site_secret, text, { site: site.site, user_agent });
  return (token && carriedArrival(token.carried)) ?? entered;
}
