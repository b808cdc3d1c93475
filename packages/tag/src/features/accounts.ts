import { idle } from '../idle.ts';
import { watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';

/** What a form with a password tried: when, where, which form, and the hash of the e-mail address. */
export const TRIED = 'tl_s.f';

/** Tells of a sign-up or log-in that `forms` saw tried, once another page, or the form's absence, shows that it went well. */
export const accounts: Feature = (see) =>
  watch(({ name, at }) => {
    if (name === 'page_viewed')
      idle(() => {
        decide();
        const [tried_at, path, properties, traits] = JSON.parse(shelf[TRIED] || '[]');
        // One that was tried on this page is for the next.
        if (!(tried_at < at)) return;
        delete shelf[TRIED];
        if (path !== location.pathname || !document.querySelector('[type=password]'))
          see('form', 'login', properties, { identity: { traits } });
      });
  });
