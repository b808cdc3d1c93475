import type { WireBatch, WireEntry, WireEvent } from '@throughline/contract';
import type { Host } from './host.ts';
import type { Shelf } from './shelf.ts';

/** Keepalive requests of a page share 64 KB; a character of JSON takes three bytes of UTF-8 at most. */
export const BATCH_CHARS_MAX = 20_000;
/** One event above this is not kept: it would push out all others. */
const EVENT_CHARS_MAX = 60_000;
const OUTBOX_CHARS_MAX = 200_000;
/** A page that has not saved for so long has crashed. Longer than the longest pause between two tries. */
const ABANDONED_MS = 10 * 60 * 1000;

interface Parcel {
  batch: WireBatch;
  chars: number;
}

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
  save(): void;
  /** Leaves everything to whichever page comes next; keeps it only where storage does not work. */
  release(): void;
  /** Takes over what other pages have released or abandoned. */
  adopt(): void;
}

export function createOutbox({ now, random, warn }: Host, shelf: Shelf, site: string): Outbox {
  const prefix = `tl_q_${site}_`;
  const key = prefix + random(8);
  let parcels: Parcel[] = [];
  let open: Parcel | undefined;
  let stored = false;
  /** Events given up, not yet told. */
  let lost = 0;

  const write = (at: number): boolean => {
    if (!parcels.length && stored) shelf.remove(key);
    stored = parcels.length > 0 && shelf.set(key, JSON.stringify({ at, parcels }));
    return stored || !parcels.length;
  };

  const shrink = () => {
    let chars = parcels.reduce((sum, parcel) => sum + parcel.chars, 0);
    while (chars > OUTBOX_CHARS_MAX) {
      const { batch, chars: freed } = parcels.shift()!;
      chars -= freed;
      lost += batch.events.length + (batch.lost || 0);
    }
  };

  return {
    add: (visitor, event, entry) => {
      const chars = JSON.stringify(event).length;
      if (chars > EVENT_CHARS_MAX) {
        lost++;
        warn('event too large');
        return;
      }
      if (!open || open.batch.visitor !== visitor || open.chars + chars > BATCH_CHARS_MAX) {
        open = { batch: { site, visitor, sent_at: 0, sessions: {}, events: [] }, chars: 0 };
        parcels.push(open);
      }
      const { batch } = open;
      if (!batch.sessions![event.session]) {
        batch.sessions![event.session] = entry;
        open.chars += JSON.stringify(entry).length;
      }
      batch.events.push(event);
      open.chars += chars + 1;
      shrink();
      if (lost) batch.lost = (batch.lost || 0) + lost;
      lost = 0;
    },
    seal: () => {
      open = undefined;
      return parcels.map(({ batch }) => batch);
    },
    remove: (batch) => {
      parcels = parcels.filter((parcel) => parcel.batch !== batch);
    },
    save: () => void write(now()),
    release: () => {
      if (write(0)) {
        parcels = [];
        open = undefined;
        stored = false; // What is there under our key is anybody's now, ours too.
      }
    },
    adopt: () => {
      for (const other of shelf.keys()) {
        if (!other.startsWith(prefix) || (stored && other === key)) continue;
        try {
          const left = JSON.parse(shelf.get(other)) as { at: number; parcels: Parcel[] };
          if (left.at > now() - ABANDONED_MS) continue;
          parcels = left.parcels.filter((parcel) => parcel.batch.events.length).concat(parcels);
        } catch (error) {
          warn('queue not readable', error);
        }
        shelf.remove(other);
      }
      shrink();
    },
  };
}
