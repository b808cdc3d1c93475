import { type Draft, watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';

const TOGETHER_MS = 3e3;

/** What several readers may see, each in its own words: an add (the first group), a sign-up (the second), a log-in. */
const KINDS = /(add.*cart|cart_add|product.added)|(sign.*up(?!_s))|login/i;

/**
 * The same act seen by two readers within three seconds is one event, with what both know of it: a shop's form, its
 * request and its push to the dataLayer tell of one add. The same reader again tells of another.
 */
export const once: Feature = () => {
  const last: Record<string, Draft> = {};
  watch((draft) => {
    const match = KINDS.exec(draft.name);
    if (!match) return;
    const kind = match.indexOf(match[0], 1);
    const before = last[kind];
    if (before && draft.at - before.at < TOGETHER_MS && !before.reader.includes(draft.reader)) {
      // Where the first still waits; else it has gone with what its reader knew.
      before.properties = { ...draft.properties, ...before.properties };
      before.reader += `,${draft.reader}`;
      return true;
    }
    last[kind] = draft;
  });
};
