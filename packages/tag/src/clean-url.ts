import { options } from './options.ts';

// Campaign, click id and on-site search parameters. Anything else may hold a token, a name or an address.
const KEPT = 'utm_\\w+|\\w+cl\\w?id|\\wbraid|zarsrc|ref|[qs]|query|search|';

/** Of an address, its junk included. */
const CHARS_MAX = 4e3;

/**
 * The address as far as it may leave the browser: without parameters but the known ones and those that the page names
 * in `params`; the fragment, up to what looks like a parameter in it, only with `hash`. Path segments and values that
 * look like an e-mail address are cut out; `/@name` is a profile and stays. `bare`: without the known parameters as
 * well, which is what tells one page from another.
 */
export const cleanUrl = (address: string, bare?: boolean): string => {
  // A question mark stays for what follows it.
  const unknown = `(?:(\\?)|[&${options.hash ? '' : '#'}])(?!(${bare ? '' : KEPT}${options.params})=)[^&#]*|#.*=.*`;
  return address
    .slice(0, CHARS_MAX)
    .replace(/[?#].*/, (tail) => tail.replace(RegExp(unknown, 'g'), '$1'))
    .replace(/\?$|[^/?&=]+(@|%(25)*40)[^/?&=#]*/g, '');
};
