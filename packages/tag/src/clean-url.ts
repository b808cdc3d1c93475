// Campaign, click id and on-site search parameters. Anything else may hold a token, a name or an address.
const KEPT =
  /^(utm_\w+|\w*cl(ic)?k?id|[gw]braid|gad_source|srsltid|li_fat_id|epik|zarsrc|ref|q|s|k|query|search|keyword)$/i;
// In a parameter's value or a path segment. `/@name` is a profile and stays.
const EMAIL = /[^/?&=#]+(@|%40)[^/?&=#]+/gi;
const CHARS_MAX = 2000;

/**
 * The address as far as it may leave the browser: origin, path, the known query parameters and those of the
 * comma-separated `params`; the fragment only with `hash`. What looks like an e-mail address is cut out.
 * Empty when it is no address.
 */
export function cleanUrl(address: string, { params, hash }: { params?: string; hash?: boolean }): string {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return '';
  }
  const more = (params || '').split(',');
  const query = url.search
    .slice(1)
    .split('&')
    .filter((pair) => {
      const [key] = pair.split('=') as [string];
      return KEPT.test(key) || (key && more.includes(key));
    })
    .join('&');
  return (url.origin + url.pathname + (query && `?${query}`) + (hash ? url.hash : ''))
    .replace(EMAIL, '')
    .slice(0, CHARS_MAX);
}
