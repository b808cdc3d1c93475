import type { Options } from './options.ts';

// Campaign, click id and on-site search parameters. Anything else may hold a token, a name or an address.
const KEPT =
  /^(utm_\w+|\w*cl(ic)?k?id|[gw]braid|gad_source|srsltid|li_fat_id|epik|zarsrc|ref|q|s|k|query|search|keyword)$/i;
// `/@name` is a profile and stays.
const EMAIL = /.(@|%(25)*40)./i;
const CHARS_MAX = 2000;

interface Cleaning extends Pick<Options, 'params' | 'hash'> {
  /** Without the known parameters as well: what tells one page from another. */
  bare?: boolean;
}

/**
 * The address as far as it may leave the browser: origin, path, the known query parameters and those the page
 * names in `params`; the fragment, up to what looks like a parameter in it, only with `hash`. Path segments and
 * values that look like an e-mail address are cut out. Empty when it is no address.
 */
export function cleanUrl(address: string, { params = '', hash, bare }: Cleaning): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return '';
  }
  const more = params.split(/[\s,]+/);
  const query = url.search
    .slice(1)
    .split('&')
    .filter((pair) => {
      const [key] = pair.split('=') as [string];
      return (!bare && KEPT.test(key)) || (key && more.includes(key));
    })
    .join('&');
  return (url.origin + url.pathname + (query && `?${query}`) + (hash ? url.hash.split(/[?&=]/)[0] : ''))
    .slice(0, CHARS_MAX)
    .replace(/[^/?&=#]+/g, (part) => (EMAIL.test(part) ? '' : part));
}
