import { commands } from '../commands.ts';
import { guarded, patch } from '../listen.ts';
import { options } from '../options.ts';
import { setCounting, setRecording } from '../recording.ts';
import type { Feature } from '../sighting.ts';
import { whenThere } from './globals.ts';

type Entry = Record<string, unknown> & ArrayLike<unknown>;

/**
 * Reads what the shop tells Google anyway, before and after the tag came: GA4's ecommerce events, which all have `items`,
 * sign-ups, log-ins and searches, as `dataLayer.push({ event, ecommerce })` or `gtag('event', …)`; and of `gtag('consent', …)` (Consent Mode v2) what it says of analytics.
 */
export const dataLayer: Feature = (see) => {
  // What a page has put there may be anything; one bad entry must not hide the others.
  const read = guarded((entry: Entry) => {
    const { 0: kind = 'dataLayer', 1: name = entry['event'], 2: data = entry['ecommerce'] || entry } = entry;
    const { analytics_storage: choice, items, send_to } = data as Record<string, never>;
    if (kind === 'consent') {
      if (name === 'update') commands.consent(choice);
      else if (choice === 'denied') {
        // The default is not the visitor's word: nothing is forgotten, and an earlier no counts; an earlier yes does not, as its banner
        // tells it anew on each page while it holds. One for a region counts as well, and no other default takes it back: where the
        // visitor is, nobody here knows.
        setCounting(/tl_c=(d\w+)/);
        options.consent = options.consent || 'required';
        setRecording('required');
      }
    } else if (items || /^(sign_up|login|search)$/.test(name as string))
      // Several tools tell of one act, each for its own account: each is a reader, so that they are one.
      see((kind as string) + send_to, name as string, data as Record<string, unknown>);
  });
  whenThere('dataLayer', (layer) => {
    layer.map(read);
    patch(layer, 'push', (entries) => entries.map(read));
  });
};
