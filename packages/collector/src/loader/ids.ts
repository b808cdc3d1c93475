import { cellEnd, sip, sipHash128, textLength, textStart } from '@throughline/store';
import { firstColumn, nextColumn } from '../spool/batch.ts';
import { EVENT_ID } from '../spool/columns.ts';
import type { Breath } from './breath.ts';
import type { Content, Part } from './content.ts';

const WORDS = 4;
const EMPTY = -1;

/**
 * The event ids of a segment as 128-bit hashes, and a table over them: an event is its site and its hash. Chance makes
 * two ids of a site equal once in 2^64 events by the birthday bound; the store counts by the same hash.
 */
export class Ids {
  /** Four words an event. */
  readonly words: Uint32Array;
  readonly sites: readonly string[];
  /** The site of each event, by its place in `sites`. */
  readonly site: Uint16Array;
  /** Open addressing: the number of an event, or EMPTY. */
  readonly #slots: Int32Array;
  readonly #mask: number;

  private constructor({ parts, events }: Content) {
    this.words = new Uint32Array(events * WORDS);
    this.site = new Uint16Array(events);
    const sites = new Map<string, number>();
    for (const part of parts) {
      let site = sites.get(part.batch.site);
      if (site === undefined) {
        site = sites.size;
        sites.set(part.batch.site, site);
      }
      this.site.fill(site, part.base, part.base + part.batch.events);
    }
    this.sites = [...sites.keys()];
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, events * 2)));
    this.#slots = new Int32Array(size).fill(EMPTY);
    this.#mask = size - 1;
  }

  /** The ids of a segment's events; the table over them is empty. */
  static async of(content: Content, breath: Breath): Promise<Ids> {
    const ids = new Ids(content);
    for (const part of content.parts) {
      if (breath.due) await breath.take();
      ids.#hash(part);
    }
    return ids;
  }

  /** Puts an event into the table; false when one of the same site and id is in it already. */
  add(event: number): boolean {
    const slot = this.#slotOf(this.site[event]!, this.words, event);
    if (this.#slots[slot] !== EMPTY) return false;
    this.#slots[slot] = event;
    return true;
  }

  /** Whether the table has an id that `other` has as well. */
  meets(other: Ids): boolean {
    const siteHere = other.sites.map((site) => this.sites.indexOf(site));
    for (let event = 0; event < other.site.length; event += 1) {
      const site = siteHere[other.site[event]!]!;
      if (site >= 0 && this.#slots[this.#slotOf(site, other.words, event)] !== EMPTY) return true;
    }
    return false;
  }

  /** The hash as hex, as `sipHex` writes it. */
  hex(event: number): string {
    return Buffer.from(this.words.buffer, event * WORDS * 4, WORDS * 4).toString('hex');
  }

  /** The slot of this site and hash, or the empty one where it would go. */
  #slotOf(site: number, words: Uint32Array, event: number): number {
    const at = event * WORDS;
    let slot = (words[at]! ^ Math.imul(site, 0x9e3779b1)) & this.#mask;
    for (;;) {
      const other = this.#slots[slot]!;
      if (other === EMPTY) return slot;
      const there = other * WORDS;
      if (
        this.site[other] === site &&
        this.words[there] === words[at] &&
        this.words[there + 1] === words[at + 1] &&
        this.words[there + 2] === words[at + 2] &&
        this.words[there + 3] === words[at + 3]
      )
        return slot;
      slot = (slot + 1) & this.#mask;
    }
  }

  #hash({ batch, base }: Part): void {
    const column = firstColumn(batch);
    while (column.place !== EVENT_ID) if (!nextColumn(batch, column)) return;
    const { bytes } = batch;
    let { at } = column;
    for (let event = base; event < base + batch.events; event += 1) {
      const start = textStart(bytes, at);
      sipHash128(bytes, start, start + textLength(bytes, at));
      this.words.set(sip, event * WORDS);
      if (!column.shared) at = cellEnd('text', bytes, at);
    }
  }
}

/** The hashes of these events' ids, in hex. */
export function hashesBySite(ids: Ids, events: readonly number[]): { site: string; hashes: string[] }[] {
  const bySite = ids.sites.map((site) => ({ site, hashes: [] as string[] }));
  for (const event of events) bySite[ids.site[event]!]!.hashes.push(ids.hex(event));
  return bySite.filter(({ hashes }) => hashes.length > 0);
}
