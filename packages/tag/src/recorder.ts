import type { WireEntry, WireTuple } from '@throughline/contract';
import { cleanUrl } from './clean-url.ts';
import { send } from './delivery.ts';
import { idle } from './idle.ts';
import { say } from './listen.ts';
import { BATCH_CHARS_MAX, giveUp, keyOf } from './outbox.ts';
import { random } from './random.ts';
import { decide, recording } from './recording.ts';
import { listAt, put } from './shelf.ts';
import type { Besides, Sink } from './sighting.ts';
import { used } from './used.ts';
import { visitorId } from './visitor.ts';

const SILENCE_MS = 18e5;
const DRAFTS_MAX = 500;

/** What each event goes through, written as JSON. */
let scrub = (event: string): string => event;

export const setScrub = (to: typeof scrub): void => {
  scrub = to;
};

/** What was seen, with its moment and place, waiting for the idle one in which it becomes an event. */
export interface Draft extends Besides {
  name: string;
  reader: string;
  properties: Record<string, unknown>;
  at: number;
  url: string;
  /** How often the visitor had touched the page. */
  used: number;
  /** An add, and no sign-up or log-in. */
  add?: boolean;
}

/** The session going on, as it is kept: its id, its latest and how many events, and where it came from. */
type Kept = [session: string, last_at: number, seq?: number, entry?: WireEntry | 0];

let drafts: Draft[] = [];
/** What `once` knows of the acts of this page; nothing before the first, and after a denial. */
export let acts: Draft[] | undefined;

export const setActs = (to: typeof acts): void => {
  acts = to;
};

/** How many more times what was seen waits a quarter of a second before it becomes events. */
export let held = 0;

export const setHeld = (to: number): void => {
  held = to;
};

let timer: unknown = 0;
/** How many events of this document were made. */
let arrived = 0;

/**
 * Recording and settling are apart because storage is slow (13 ms at load at 4x CPU throttle): a sighting costs a
 * push, and the visitor and the session are read and written once for a whole burst.
 */
export const see: Sink = (reader, name, properties, besides) => {
  // A copy, as the page may go on changing its objects; throws here and not later if it is no JSON.
  const draft: Draft = JSON.parse(
    JSON.stringify({
      name,
      reader,
      properties: properties || {},
      at: Date.now(),
      url: cleanUrl(location.href),
      used,
      ...besides,
    } satisfies Draft),
  );
  seen(draft);
  if (drafts[DRAFTS_MAX]) settle();
};

/** Makes events of the waiting sightings, where they may be recorded. */
export const settle = (): void => {
  decide();
  say(recording, drafts);
  if (recording === 'required') return;
  if (recording === 'denied') {
    drafts = [];
    acts = [];
  }
  // The session going on, shared by all tabs. `seq` rises from session to session, and starts anew with a new visitor.
  let [session, last_at, seq = 0, entry] = (listAt('tl_s') || []) as Kept;
  for (const draft of drafts) {
    const { at, url, referrer } = draft;
    const begun = !(last_at - at < SILENCE_MS && at - last_at < SILENCE_MS);
    if (begun) {
      session = `${at.toString(36)}.${random()}`;
      entry = 0;
    }
    // Only a document's first event can bring somebody in, be it to a session that an open tab has begun meanwhile: the
    // campaign of such a tab has been counted before.
    if (!arrived++) entry = entry || { url, referrer };
    last_at = at;
    const id = at.toString(36) + random();
    const { href } = document.querySelector<HTMLLinkElement>('link[rel=canonical]') || { href: url };
    const event = scrub(
      JSON.stringify([
        draft,
        id,
        visitorId(begun),
        session,
        ++seq,
        entry,
        document.title,
        cleanUrl(href),
      ] satisfies WireTuple),
    );
    (event.length < BATCH_CHARS_MAX ? put : giveUp)(keyOf(id), event);
  }
  drafts = [];
  put('tl_s', JSON.stringify([session, last_at, seq, entry]));
};

/**
 * Sightings of a quarter of a second go into one request; with an act among them, of three quarters of one or more (`once`, `cart`). It is made in pieces,
 * because each of them is slow on a weak phone (milliseconds at 4x CPU throttle: opening storage 4, an event 8, the request 10).
 */
export const schedule = (): void => {
  timer =
    timer ||
    idle(() => {
      timer = 0;
      if (held) {
        held--;
        schedule();
      } else {
        settle();
        idle(send);
      }
    });
};

/** What is done with each sighting, after those who `watch`. */
let seen: (draft: Draft) => unknown = (draft) => {
  drafts.push(draft);
  schedule();
};

/** Lets `watcher` look at each sighting before it is kept, change it, or take it away by answering true; what it sees itself comes before. */
export const watch = (watcher: (draft: Draft) => unknown): void => {
  const others = seen;
  seen = (draft) => watcher(draft) || others(draft);
};
