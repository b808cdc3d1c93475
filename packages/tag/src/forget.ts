import { readCookie, writeCookie } from './cookie.ts';
import { localShelf } from './shelf.ts';

/** Removes what an earlier visit has stored, for somebody who has opted out since. */
export function forget(window: Window): void {
  const shelf = localShelf(window);
  for (const key of shelf.keys()) if (/^tl_([vs]$|q_)/.test(key)) shelf.remove(key);
  for (const key of ['tl_v', 'tl_s']) if (readCookie(window.document, key)) writeCookie(window, key, '', 0);
}
