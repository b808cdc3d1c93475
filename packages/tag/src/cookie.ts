const YEAR_S = 31_536_000;

/** The cookie's text; empty when it is not there or cookies are blocked. */
export function readCookie(document: Document, name: string): string {
  try {
    const [, text = ''] = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie) || [];
    return decodeURIComponent(text);
  } catch {
    return ''; // A sandboxed frame throws on naming document.cookie; a cut text does not decode.
  }
}

/**
 * Keeps `value` for `age_s` (0 removes it) on the widest domain the browser allows, so that `www.` and `checkout.` of one shop
 * are one visitor. Browsers refuse public suffixes, so the widest one is found by trying.
 */
export function writeCookie(window: Window, name: string, value: string, age_s = YEAR_S): void {
  const { document, location } = window;
  const put = (key: string, text: string, domain: string, seconds: number) => {
    document.cookie = `${key}=${text};path=/;max-age=${seconds};samesite=lax${domain && `;domain=${domain}`}${
      location.protocol === 'https:' ? ';secure' : ''
    }`;
  };
  try {
    const labels = location.hostname.split('.');
    let domain = '';
    for (let i = labels.length - 2; i >= 0 && !domain; i--) {
      const candidate = labels.slice(i).join('.');
      put('tl_t', '1', candidate, 9);
      if (readCookie(document, 'tl_t')) {
        put('tl_t', '', candidate, 0);
        domain = candidate;
      }
    }
    put(name, encodeURIComponent(value), domain, age_s);
  } catch {
    // As above: cookies are blocked, and the caller has another place.
  }
}
