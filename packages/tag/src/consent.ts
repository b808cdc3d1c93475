import { keepCookie } from './cookie.ts';
import { options } from './options.ts';
import { forgetDrafts, schedule } from './recorder.ts';
import { type Recording, recording, setRecording } from './recording.ts';
import { closeShelf, openShelf, put, shelf } from './shelf.ts';

export type Choice = 'granted' | 'denied';

/**
 * What may be recorded and kept: as the browser's own signals say (https://w3c.github.io/gpc/ and the older Do Not
 * Track), unless the site says that it may ignore them; else by the visitor's choice, now or earlier; else by the
 * site's option. A denial removes what was stored before.
 */
export const consent = (choice?: Choice): void => {
  openShelf();
  const refused =
    !options.gpc &&
    ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl || +navigator.doNotTrack! === 1);
  setRecording(refused ? 'denied' : choice || (shelf['tl_c'] as Recording) || options.consent);
  if (choice) put('tl_c', choice);
  if (recording === 'denied') {
    for (const key in shelf) if (/^tl_[lqsv]\b/.test(key)) delete shelf[key];
    keepCookie('tl_v=', 0);
    forgetDrafts();
  }
  if (recording && recording !== 'granted') closeShelf();
  schedule();
};
