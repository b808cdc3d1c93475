import type { WireBatch, WireEntry, WireEvent } from '@throughline/contract';
import type { Host } from './host.ts';
import type { Shelf } from './shelf.ts';

/** Keepalive requests of a page share 64 KB; a character of JSON takes three bytes of UTF-8 at most. */
export const BATCH_CHARS_MAX = 20_000;
/** One event above this is not kept: it would push out all others. */
export const EVENT_CHARS_MAX = 60_000;
/** Browsers give an origin about 5 million characters, which belong to the shop. */
export const OUTBOX_CHARS_MAX = 200_000;
/** A page that has not saved for so long has crashed. Longer than the longest pause between two tries. */
const ABANDONED_MS = 10 * 60 * 1000;

/**
 * Events on their way, in batches of one visitor, in memory and in storage. Each page has a key of its own,
 * `tl_q_<site>_<random>`, so tabs never write over each other; what a page leaves behind the next one adopts.
 */
export interface Outbox {
  add(visitor: string, event: WireEvent, entry: WireEntry): void;
  /** All batches, oldest first. Nothing is added to them from now on. */
  seal(): WireBatch[];
  /** It arrived, or never will. */
  remove(batch: WireBatch): void;
  /** Keeps everything in storage; gives up the oldest batches above the cap and counts their events as lost. */
  save(): void;
  /** Leaves everything to whichever page comes next; keeps it only where storage does not work. */
  release(): void;
  /** Takes over what other pages have released or abandoned. */
  adopt(): void;
}

export function createOutbox({ now, random, warn }: Host, shelf: Shelf, site: string): Outbox {
  const prefix = `tl_q_${site}_`;
  const key = prefix + random(8);
  let batches: WireBatch[] = [];
  let open: WireBatch | undefined;
  let stored = false;
  /** Events given up, not yet told. */
  let lost = 0;

  const write = (at: number) => {
    let text = '';
    while (batches.length) {
      text = JSON.stringify({ at, batches });
      if (text.length <= OUTBOX_CHARS_MAX) break;
      const { events, lost: before = 0 } = batches.shift()!;
      lost += events.length + before;
    }
    if (!batches.length && stored) shelf.remove(key);
    stored = batches.length > 0 && shelf.set(key, text);
  };

  return {
    add: (visitor, event, entry) => {
      if (JSON.stringify(event).length > EVENT_CHARS_MAX) {
        lost++;
        warn('event too large');
        return;
      }
      if (
        !open ||
        open.visitor !== visitor ||
        JSON.stringify([open, event, entry]).length > BATCH_CHARS_MAX
      ) {
        open = { site, visitor, sent_at: 0, sessions: {}, events: [] };
        batches.push(open);
      }
      open.sessions![event.session] = entry;
      open.events.push(event);
      if (lost) open.lost = (open.lost || 0) + lost;
      lost = 0;
    },
    seal: () => {
      open = undefined;
      return batches;
    },
    remove: (batch) => {
      batches = batches.filter((other) => other !== batch);
    },
    save: () => write(now()),
    release: () => {
      write(0);
      // From here on what is under our key is anybody's: this page's too, if it comes back.
      if (stored) batches = [];
      stored = false;
      open = undefined;
    },
    adopt: () => {
      for (const other of shelf.keys()) {
        if (!other.startsWith(prefix) || (stored && other === key)) continue;
        try {
          const left = JSON.parse(shelf.get(other)) as { at: number; batches: WireBatch[] };
          if (left.at > now() - ABANDONED_MS) continue;
          batches = left.batches.concat(batches);
        } catch (error) {
          warn('queue not readable', error);
        }
        shelf.remove(other);
      }
    },
  };
}
