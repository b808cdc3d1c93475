import { idle } from '../idle.ts';
import { watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { listAt, shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { TRIED } from '../used.ts';

type Fields = Record<string, unknown>;

/**
 * Tells of a sign-up or log-in that `forms` saw tried, once a page without a password field shows that it went well. Whoever touches the page
 * that they tried it on has been told that it did not (`used.ts`).
 */
export const accounts: Feature = (see) =>
  watch(({ name, at }) => {
    if (name === 'page_viewed')
      idle(() => {
        decide();
        const [tried_at, properties, traits] = (listAt(TRIED) || []) as [number, Fields, Fields];
        // One that was tried on this page is for the next.
        if (!(tried_at < at)) return;
        delete shelf[TRIED];
        if (!document.querySelector('[type=password]'))
          see('form', 'login', properties, { identity: { traits } });
      });
  });
