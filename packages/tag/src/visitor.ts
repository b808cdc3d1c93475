import { cookies, keepCookie } from './cookie.ts';
import { random } from './random.ts';
import { put, shelf } from './shelf.ts';

/** Before the id come `tl_v=`, the moment it was made or renewed in 8 characters (until 2059, so that such texts sort as their times do), and a dot. */
const ID_AT = 14;

/**
 * The id of one browser profile, in a cookie and in storage. Read afresh each time, because another tab may have reset
 * it, and the collector renews the cookie; the newer of the two counts. `renew`: for another year, in both, which heals
 * the one that is missing. Writing is slow, so it is left to this.
 */
export const visitorId = (renew?: boolean): string => {
  let text = (`${[cookies(), shelf['tl_v']]}`.match(/tl_v=\w{8}\.\w+/g) || ['']).sort().pop()!;
  if (renew || !text) {
    text = `tl_v=${Date.now().toString(36)}.${text.slice(ID_AT) || random() + random()}`;
    put('tl_v', text);
    keepCookie(text);
  }
  return text.slice(ID_AT);
};
