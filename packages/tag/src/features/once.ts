import { type Draft, watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { put, shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';

/** A form that leaves the page and what the next page tells of it may be so far apart. */
const TOGETHER_MS = 2e4;
/** The latest acts, for the page that comes next. */
const ACTS = 'tl_s.a';

/** What several readers may see, each in its own words: an add, a sign-up or a log-in. */
const KINDS = [/add.*cart|(art|uct).added/i, /sign.*up(?!_s)|login/i];

/**
 * The same act seen by several readers is one event, with what all of them know: a shop's form, its request and its push to
 * the dataLayer tell of one add. What a reader sees is the earliest act that it has not seen yet, or else a new one.
 */
export const once: Feature = () => {
  let acts: Draft[] | undefined;
  watch((draft) => {
    const kind = KINDS.find((words) => words.test(draft.name));
    if (!kind) return;
    decide();
    acts = (acts || (JSON.parse(shelf[ACTS] || '[]') as Draft[])).filter(
      ({ at }) => draft.at - at < TOGETHER_MS,
    );
    const before = acts.find(({ name, reader }) => kind.test(name) && !reader.includes(draft.reader));
    if (before) {
      // Where the first still waits; else it has gone with what its reader knew.
      before.properties = { ...draft.properties, ...before.properties };
      before.reader += `,${draft.reader}`;
      before.identity = draft.identity || before.identity;
    } else acts.push(draft);
    put(ACTS, JSON.stringify(acts));
    return before;
  });
};
