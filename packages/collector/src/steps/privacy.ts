import { LIMITS } from '@throughline/contract';

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

const EMAIL = /[^\s@/?&=,;:<>()"']+(?:@|%40)[^\s@/?&=,;:<>()"']+\.[^\s@/?&=,;:<>()"']{2,}/gi;

/** E-mail addresses inside a text become `[email]`. */
export const withoutEmails = (text: string): string =>
  text.includes('@') || text.includes('%40') ? text.replace(EMAIL, '[email]') : text;

export interface Page {
  url: string;
  host: string;
  path: string;
}

const NO_PAGE: Page = { url: '', host: '', path: '' };

/**
 * The parts of a page's address that are kept: no user name, no fragment, only allow-listed query
 * parameters, no e-mail address. Click ids lose their values (they name a person); their names are
 * kept apart. Empty for what is not an http(s) address.
 */
export function pageOf(address: unknown): Page {
  if (typeof address !== 'string' || address === '' || address.length > LIMITS.url_chars_max * 4)
    return NO_PAGE;
  let parsed: URL;
  try {
    parsed = new URL(address);
  } catch {
    return NO_PAGE;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return NO_PAGE;
  const path = withoutEmails(parsed.pathname).slice(0, LIMITS.url_chars_max / 2);
  let query = '';
  if (parsed.search !== '') {
    const kept = new URLSearchParams();
    for (const [name, value] of parsed.searchParams) {
      if ((KEPT_PARAMETERS.has(name) || name.startsWith('utm_')) && withoutEmails(value) === value)
        kept.append(name, value);
    }
    query = kept.toString();
  }
  const url = `${parsed.protocol}//${parsed.host}${path}${query === '' ? '' : `?${query}`}`;
  return { url: url.slice(0, LIMITS.url_chars_max), host: parsed.hostname, path };
}

/** A referrer keeps its host and path only. */
export function referrerOf(address: unknown): string {
  const page = pageOf(address);
  const query = page.url.indexOf('?');
  return query < 0 ? page.url : page.url.slice(0, query);
}
