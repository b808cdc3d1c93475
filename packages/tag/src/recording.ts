import { cookies, keepCookie } from './cookie.ts';
import { options } from './options.ts';
import { random } from './random.ts';
import { closeShelf, openShelf, put, shelf } from './shelf.ts';

/** What visitors say. */
export type Choice = 'granted' | 'denied';

/**
 * What the visitor has decided, or the site for those who have not. `denied`: sightings are dropped. `required`: they
 * wait in memory; so they do until it was decided at all. Otherwise they become events, which are sent: `cookieless`
 * with nothing kept on the device.
 */
export type Recording = Choice | 'required' | 'cookieless';

export let recording: Recording = 'required';

export const setRecording = (to: Recording): void => {
  recording = to;
};

/** Which earlier choices count: all, until the page tells Google of a default that denies. */
let counting = /tl_c=(\w+)/;

export const setCounting = (to: RegExp): void => {
  counting = to;
};

/** The visitor's choice, if there was one: the cookie tells it to all hosts of the shop, and goes before. */
const said = (): Choice | undefined =>
  (counting.exec(`${[cookies(), shelf['tl_c']]}`) || [])[1] as Choice | undefined;

/**
 * What may be recorded and kept: as the browser's own signals say (https://w3c.github.io/gpc/ and the older Do Not
 * Track), unless the site says that it may ignore them; else by the visitor's choice, now or earlier; else by the
 * site's option. A denial removes what was stored before. The first to touch storage, which is slow: at load nobody waits for it.
 */
export const decide = (choice?: Choice | false): void => {
  // Decided before, unless it was denied since: in another tab, or while the page was in the back/forward cache.
  if (!choice && recording !== 'required' && said() !== 'denied') return;
  openShelf();
  const refused =
    !options.gpc &&
    ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
      (navigator.doNotTrack as unknown as number) > 0);
  const chosen = choice || said();
  recording = refused ? 'denied' : chosen || options.consent || 'granted';
  if (recording === 'denied') {
    // tl_l, tl_p, tl_q, tl_s, tl_t and tl_v; the choice itself, tl_c, stays.
    Object.keys(shelf).map((key) => /^tl_[l-v]/.test(key) && delete shelf[key]);
    keepCookie('tl_v=', 0);
  }
  // Kept anew by each page, as browsers end cookies and another host may have heard of it; not what the browser's signals overrule. After
  // a denial has made room.
  if (recording === chosen) {
    // Unlike any before it, so that it is told whether it was kept.
    const text = `tl_c=${chosen}.${random()}`;
    put('tl_c', text);
    keepCookie(text);
  }
  if (recording !== 'granted') closeShelf();
};
