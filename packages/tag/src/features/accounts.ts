import { idle } from '../idle.ts';
import { watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { listAt, shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { TRIED } from '../used.ts';

type Fields = Record<string, unknown>;

/**
 * Tells of a sign-up or log-in that `forms` saw tried, once the page that it leads to, without a password field, shows that it went well:
 * not one that is gone back to, or on to from elsewhere. Whoever touches a page before has been told that it did not (`used.ts`).
 */
export const accounts: Feature = (see) =>
  // Only views of pages have one.
  watch(({ referrer }) => {
    if (referrer !== undefined)
      idle(() => {
        decide();
        const [url, properties, traits] = (listAt(TRIED) || []) as [string, Fields, Fields];
        if (url !== referrer) return;
        delete shelf[TRIED];
        if (!document.querySelector('[type=password]'))
          see('form', 'login', properties, { identity: { traits } });
      });
  });
