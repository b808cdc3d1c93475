import type { WireEntry, WireEvent } from '@throughline/contract';
import { cleanUrl } from './clean-url.ts';
import { send } from './delivery.ts';
import { guarded, say } from './listen.ts';
import { giveUp, keyOf, SIGHTING_CHARS_MAX } from './outbox.ts';
import { random, stamp } from './random.ts';
import { recording } from './recording.ts';
import { put, shelf } from './shelf.ts';
import type { Besides, Sink } from './sighting.ts';
import { visitorId } from './visitor.ts';

const BURST_MS = 250;
const SILENCE_MS = 18e5;
const DRAFTS_MAX = 500;

/** What was seen, with its moment and place, waiting for the idle one in which it becomes an event. */
export interface Draft extends Besides {
  name: string;
  reader: string;
  properties?: Record<string, unknown> | undefined;
  at: number;
  url: string;
}

let drafts: Draft[] = [];
let timer: unknown = 0;
/** An event of this document was made. */
let arrived = false;

/**
 * Recording and settling are apart because storage is slow (up to 7 ms a page on a weak phone): a sighting costs a
 * push, and the visitor and the session are read and written once for a whole burst.
 */
export const see: Sink = (reader, name, properties, besides) => {
  const draft: Draft = {
    name,
    reader,
    properties,
    at: Date.now(),
    url: cleanUrl(location.href),
    ...besides,
  };
  if (recording === 'denied') return say('not recorded', draft);
  // A copy, as the page may go on changing its objects; throws here and not later if it is no JSON.
  const text = JSON.stringify(draft);
  if (text.length > SIGHTING_CHARS_MAX) giveUp();
  else if (drafts.push(JSON.parse(text)) > DRAFTS_MAX) flush({});
  seen(drafts);
};

export const forgetDrafts = (): void => {
  drafts = [];
};

/** Makes events of the waiting sightings. */
export const settle = (): void => {
  if (recording === 'required') return;
  // The session going on, shared by all tabs. `seq` rises from session to session, and starts anew with a new visitor.
  let session = '';
  let last_at = 0;
  let seq = 0;
  let entry: WireEntry = {};
  guarded(() => {
    // Absent, or somebody has edited it: a session begins.
    [session, last_at, seq, entry] = JSON.parse(shelf['tl_s']!);
  })();
  const link = document.querySelector<HTMLLinkElement>('link[rel=canonical]');
  for (const draft of drafts) {
    const { at, url, referrer } = draft;
    const begun = !(Math.abs(at - last_at) < SILENCE_MS);
    if (begun) {
      session = `${stamp(at)}.${random()}`;
      // Only a document's first event can bring somebody in. A session that begins later on the same document is one
      // resumed from an open tab: its campaign and its referrer have been counted before.
      entry = { url: cleanUrl(url, arrived), referrer };
    }
    arrived = true;
    last_at = at;
    seq++;
    const id = stamp(at) + random();
    const event: WireEvent = {
      ...draft,
      id,
      visitor: visitorId(begun),
      session,
      seq,
      entry,
      title: document.title,
      // biome-ignore lint/complexity/useOptionalChain: compiled for ES2018 it is six times as long.
      canonical: link && link.href,
    };
    put(keyOf(id), JSON.stringify(event));
  }
  drafts = [];
  put('tl_s', JSON.stringify([session, last_at, seq, entry]));
};

/** Also called with the event that says that the page is going, or may be; idle time has no type. */
export const flush = guarded(({ type }: { type?: string }) => {
  timer = 0;
  settle();
  send(type);
});

/** Sightings of a quarter of a second go into one request, made when the page has nothing better to do. */
export const schedule = (): void => {
  timer =
    timer ||
    // Safari has no idle callback: then at once, and what is handed over has no type either. Without a timeout a page
    // that draws nothing may never be idle.
    setTimeout(
      () =>
        ((window.requestIdleCallback || flush) as (task: typeof flush, options: object) => void)(
          flush as never,
          { timeout: BURST_MS },
        ),
      BURST_MS,
    );
};

/** What comes after each sighting; features may look at the drafts before they are scheduled. */
export let seen: (drafts: Draft[], draft?: Draft) => unknown = schedule;

export const setSeen = (to: typeof seen): void => {
  seen = to;
};
