import { createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '@throughline/contract';

/** What a token says, and for which browser it was made. */
export interface TokenOf {
  site: string;
  visitor_id: string;
  user_agent: string;
}

export interface LinkToken {
  /** Names this token and no other. */
  id: string;
  visitor_id: string;
  /** When it was made, milliseconds. */
  issued_ms: number;
}

/** Why a token joins nobody: made by somebody else, for another site or another browser; too old; no page of the site led here. */
export const TOKEN_FAULTS = ['forged', 'expired', 'not_from_site'] as const;
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** The parameter of an address. It is named like a click id, so that the tag lets it stay in what it sends. */
export const LINK_PARAMETER = 'tlclid';
const MAC_CHARS = 22;
const TOKEN = /^([0-9a-z]{8,9})\.(\w{1,64})\.([\w-]{22})$/;

/** 132 bits, which nobody without the site's secret can make. Of another key than proofs, which the shop's server makes. */
function macOf(site_secret: string, { site, visitor_id, user_agent }: TokenOf, expires: string): string {
  const key = createHmac('sha256', site_secret).update('link\0token').digest();
  const text = [site, visitor_id, user_agent, expires].join('\0');
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, MAC_CHARS);
}

/**
 * A text for an address of the site's other hosts: this browser is this visitor. Good for as long as a session goes on
 * without another word; each batch brings a new one. Undefined for visitors that are not the tag's own.
 */
export function linkToken(site_secret: string, of: TokenOf, now_ms: number): string | undefined {
  const expires = (now_ms + LIMITS.session_silence_ms).toString(36);
  const token = `${expires}.${of.visitor_id}.${macOf(site_secret, of, expires)}`;
  return TOKEN.test(token) ? token : undefined;
}

/** What the token says, or what is wrong with it. */
export function readToken(
  site_secret: string,
  token: string,
  { site, user_agent, now_ms }: { site: string; user_agent: string; now_ms: number },
): LinkToken | TokenFault {
  const [, expires, visitor_id, mac] = TOKEN.exec(token) ?? [];
  if (!expires || !visitor_id || !mac) return 'forged';
  const right = macOf(site_secret, { site, visitor_id, user_agent }, expires);
  if (!timingSafeEqual(Buffer.from(mac), Buffer.from(right))) return 'forged';
  const expires_ms = Number.parseInt(expires, 36);
  if (now_ms > expires_ms) return 'expired';
  return { id: mac, visitor_id, issued_ms: expires_ms - LIMITS.session_silence_ms };
}
