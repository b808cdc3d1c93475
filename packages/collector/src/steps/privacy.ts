import { LIMITS } from '@throughline/contract';
import { withoutTokens } from './path-tokens.ts';

/** Query parameters that say something about the journey and nothing about who walks it. */
const KEPT_PARAMETERS = new Set([
  'q',
  's',
  'query',
  'search',
  'keyword',
  'k',
  'category',
  'collection',
  'product',
  'variant',
  'sku',
  'sort',
  'sort_by',
  'order_by',
  'filter',
  'page',
  'lang',
  'currency',
  'ref',
]);

/** A run of characters that an address in running text or in a URL may consist of. */
const TOKEN = /[^\s/?&=,;:<>()"']+/g;

/** Whether a token is something, an @ (in a URL: %40), something, a dot, and two characters at least. */
function isEmail(token: string): boolean {
  const plain = token.indexOf('@', 1);
  const encoded = token.indexOf('%40', 1);
  if (plain < 0 && encoded < 0) return false;
  const host = encoded < 0 || (plain >= 0 && plain < encoded) ? plain + 1 : encoded + 3;
  const dot = token.indexOf('.', host + 1);
  return dot >= 0 && token.length - dot > 2;
}

/**
 * E-mail addresses inside a text become `[email]`. Token by token, and not by one pattern for the whole: with that, a
 * path of 8,000 characters such as `a%40a%40…` kept the process busy for hours.
 */
export const withoutEmails = (text: string): string =>
  text.includes('@') || text.includes('%40')
    ? text.replace(TOKEN, (token) => (isEmail(token) ? '[email]' : token))
    : text;

export interface Page {
  url: string;
  host: string;
  path: string;
}

const NO_PAGE: Page = { url: '', host: '', path: '' };

/** Parameters that stay in no address, whoever asks for it. */
const SECRET = /token|secret|pass|pwd|auth|session|sid$|otp|code|key|mail|phone|name|cl\w?id$|braid$|zarsrc/i;
const VALUE_CHARS_MAX = 100;
/** A fragment that names a page of an app, and holds no parameter. */
const ROUTE = /^#[^=]+$/;

const isHarmless = (name: string, value: string): boolean =>
  !SECRET.test(name) && value.length <= VALUE_CHARS_MAX && withoutTokens(`/${value}`) === `/${value}`;

/**
 * The parts of a page's address that are kept: no user name, only allow-listed query parameters, no e-mail address, no
 * token in the path. Click ids lose their values (they name a person); their names are kept apart. Where the tag has `cleaned`
 * the address before, other parameters stay too, as the page asks for them, unless they look like a secret; and a fragment
 * that names a page, which is part of the path then. Empty for what is not an http(s) address.
 */
export function pageOf(address: unknown, cleaned = false): Page {
  if (typeof address !== 'string' || address === '' || address.length > LIMITS.url_chars_max * 4)
    return NO_PAGE;
  let parsed: URL;
  try {
    parsed = new URL(address);
  } catch {
    return NO_PAGE;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return NO_PAGE;
  const clean = (text: string) => withoutTokens(withoutEmails(text)).slice(0, LIMITS.url_chars_max / 2);
  const fragment = cleaned && ROUTE.test(parsed.hash) ? clean(parsed.hash) : '';
  const path = clean(parsed.pathname);
  let query = '';
  if (parsed.search !== '') {
    const kept = new URLSearchParams();
    for (const [name, value] of parsed.searchParams) {
      const known =
        KEPT_PARAMETERS.has(name) || name.startsWith('utm_') || (cleaned && isHarmless(name, value));
      if (known && withoutEmails(value) === value) kept.append(name, value);
    }
    query = kept.toString();
  }
  const url = `${parsed.protocol}//${parsed.host}${path}${query === '' ? '' : `?${query}`}${fragment}`;
  return {
    url: url.slice(0, LIMITS.url_chars_max),
    host: parsed.hostname,
    path: (path + fragment).slice(0, LIMITS.url_chars_max),
  };
}

/** A referrer keeps its host and path only. */
export function referrerOf(address: unknown): string {
  const page = pageOf(address);
  const query = page.url.indexOf('?');
  return query < 0 ? page.url : page.url.slice(0, query);
}
