import { createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '@throughline/contract';

/** What a token says, and for which browser it was made. */
export interface TokenOf {
  site: string;
  visitor_id: string;
  user_agent: string;
  /** What had brought the visitor, as `carried.ts` writes it. */
  carried?: string;
}

export interface LinkToken {
  /** Names this token and no other. */
  id: string;
  visitor_id: string;
  /** When it was made, milliseconds. */
  issued_ms: number;
  /** What had brought the visitor; '' for nothing. */
  carried: string;
}

/** Why a token joins nobody: made by somebody else, for another site or another browser; too old; no page of the site led here. */
export const TOKEN_FAULTS = ['forged', 'expired', 'not_from_site'] as const;
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** The parameter of an address. It is named like a click id, so that the tag lets it stay in what it sends. */
export const LINK_PARAMETER = 'tlclid';

/** The text of the token in an address, the last where there are several; undefined for none. */
export const tokenIn = (address: string): string | undefined =>
  // Most addresses have none, and reading one takes a while.
  address.includes(`${LINK_PARAMETER}=`) && URL.canParse(address)
    ? new URL(address).searchParams.getAll(LINK_PARAMETER).at(-1)
    : undefined;

const MAC_CHARS = 22;
const TOKEN = /^([0-9a-z]{8,9})\.(\w{1,64})\.([\w-]{22})(?:\.([\w-]+))?$/;

/** 132 bits, which nobody without the site's secret can make. Of another key than proofs, which the shop's server makes. */
function macOf(
  site_secret: string,
  { site, visitor_id, user_agent, carried }: TokenOf,
  expires: string,
): string {
  const key = createHmac('sha256', site_secret).update('link\0token').digest();
  const text = [site, visitor_id, user_agent, expires, ...(carried ? [carried] : [])].join('\0');
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, MAC_CHARS);
}

/**
 * A text for an address of the site's other hosts: this browser is this visitor. Good for as long as a session goes on
 * without another word; each batch brings a new one. Undefined for visitors that are not the tag's own.
 */
export function linkToken(site_secret: string, of: TokenOf, now_ms: number): string | undefined {
  const expires = (now_ms + LIMITS.session_silence_ms).toString(36);
  const parts = [expires, of.visitor_id, macOf(site_secret, of, expires)];
  const token = [...parts, ...(of.carried ? [of.carried] : [])].join('.');
  return TOKEN.test(token) ? token : undefined;
}

/** What a token says that the collector has made for this site and browser, however long ago; undefined for any other. */
export function signedToken(
  site_secret: string,
  token: string,
  { site, user_agent }: Pick<TokenOf, 'site' | 'user_agent'>,
): LinkToken | undefined {
  const [, expires, visitor_id, mac, carried = ''] = TOKEN.exec(token) ?? [];
  if (!expires || !visitor_id || !mac) return undefined;
  const right = macOf(site_secret, { site, visitor_id, user_agent, carried }, expires);
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(right))) return undefined;
  return {
    id: mac,
    visitor_id,
    issued_ms: Number.parseInt(expires, 36) - LIMITS.session_silence_ms,
    carried,
  };
}

/** What the token says, or what is wrong with it. */
export function readToken(
  site_secret: string,
  text: string,
  { now_ms, ...of }: Pick<TokenOf, 'site' | 'user_agent'> & { now_ms: number },
): LinkToken | TokenFault {
  const token = signedToken(site_secret, text, of);
  if (!token) return 'forged';
  return now_ms > token.issued_ms + LIMITS.session_silence_ms ? 'expired' : token;
}
