import { acts, type Draft, setActs, setHeld, watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { listAt, put } from '../shelf.ts';
import type { Feature } from '../sighting.ts';

/** A form that leaves the page and what the next page tells of it may be so far apart. */
const TOGETHER_MS = 2e4;
/**
 * An act waits so many quarters of a second for what other readers have to say of it, the price for instance. For the shop's answer `cart`
 * lets it wait longer.
 */
const HOLDS = 2;
/** The latest acts, for the page that comes next. */
const ACTS = 'tl_p';

/**
 * The same act seen by several readers is one event, with what all of them know: a shop's form, its request and its push to
 * the dataLayer tell of one add. What a reader sees is the earliest act that it has not seen yet, or else a new one.
 */
export const once: Feature = () => {
  watch((draft) => {
    // What several readers may see, each in its own words: an add; a sign-up or a log-in.
    const act = /^(add.to.cart|(product|cart).added(.to.cart)?|(sign.*up(_completed)?|login))$/i.exec(
      draft.name,
    );
    if (!act) return;
    decide();
    setActs((acts || (listAt(ACTS) as Draft[]) || []).filter(({ at }) => draft.at - at < TOGETHER_MS));
    draft.add = !act[4];
    const before = acts!.find(
      (other) =>
        draft.add === other.add &&
        !other.reader.includes(draft.reader) &&
        // What readers see for themselves (`cart`, `attribute`, `script`: a button, its form's request, the page's own call of `track`) is one
        // act if it is of one touch, a click and the submit that it brings, or if the page was not touched since it came, as it then tells of
        // the page before. Only what the shop tells other tools, and a form that the next page shows to have gone well, may come later. Not
        // of a refused add, after which the visitor has tried again.
        ((draft.used - other.used) >>> 0 < 2 ||
          (!other.properties['refused'] &&
            !(draft.used && /r[ti]/.test(draft.reader) && /r[ti]/.test(other.reader)))),
    );
    setHeld(HOLDS);
    if (before) {
      // Where the first still waits; else it has gone with what its reader knew.
      before.properties = { ...draft.properties, ...before.properties };
      before.reader += `,${draft.reader}`;
      // Who it was is told in any case, by an event of its own.
      draft.name = 'identify';
    } else acts!.push(draft);
    put(ACTS, JSON.stringify(acts));
    return before && !draft.identity;
  });
};
