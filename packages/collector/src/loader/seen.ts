import { claimedHashes, type Store } from '@throughline/store';

/** A block of eight words: one line of the processor's cache holds two. */
const BLOCK_WORDS = 8;
/** Twelve bits an id answer wrongly for about one new id in two hundred. */
const ID_BITS = 12;
/** One more than fits into this asks the store more often; it never forgets. 128 MiB hold 90 million ids. */
const BYTES_MAX = 128 * 1024 * 1024;
const IDS_MIN = 1_000_000;

/** Odd numbers that spread one hash over the words of a block (https://github.com/apache/parquet-format/blob/master/BloomFilter.md). */
const SALTS = [
  0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31,
] as const;

/**
 * Whether an event id may have been claimed before: a split-block Bloom filter over the first 64 bits of the hashes.
 * "No" is certain, so that almost every new event spares the store a look-up whose cost grows with the table. Only
 * right while nobody else claims ids in the same tables.
 */
export class Seen {
  #words: Uint32Array;
  #blocks: number;
  #ids = 0;

  constructor(ids: number) {
    const bytes = Math.min(BYTES_MAX, (Math.max(ids, IDS_MIN) * ID_BITS) / 8);
    this.#blocks = Math.ceil(bytes / (BLOCK_WORDS * 4));
    this.#words = new Uint32Array(this.#blocks * BLOCK_WORDS);
  }

  /** Ids that were added. */
  get size(): number {
    return this.#ids;
  }

  /** Whether it holds so many ids that a larger one would answer better. */
  get crowded(): boolean {
    const bytes = this.#words.length * 4;
    return bytes < BYTES_MAX && this.#ids * ID_BITS > bytes * 8;
  }

  add(low: number, high: number): void {
    this.#ids += 1;
    const block = this.#blockOf(high);
    for (let word = 0; word < BLOCK_WORDS; word += 1)
      this.#words[block + word]! |= 1 << (Math.imul(low, SALTS[word]!) >>> 27);
  }

  perhaps(low: number, high: number): boolean {
    const block = this.#blockOf(high);
    for (let word = 0; word < BLOCK_WORDS; word += 1) {
      if ((this.#words[block + word]! & (1 << (Math.imul(low, SALTS[word]!) >>> 27))) === 0) return false;
    }
    return true;
  }

  #blockOf(high: number): number {
    return Math.floor(((high >>> 0) / 2 ** 32) * this.#blocks) * BLOCK_WORDS;
  }
}

/** Everything that is claimed in the store. Throws `StoreError`. */
export async function seenIn(store: Store): Promise<Seen> {
  const [row] = await store.query<{ claims: number }>({ sql: 'SELECT count() AS claims FROM event_ids' });
  const seen = new Seen((row?.claims ?? 0) * 2);
  for await (const part of claimedHashes(store))
    for (let at = 0; at + 8 <= part.length; at += 8)
      seen.add(part.readUInt32LE(at), part.readUInt32LE(at + 4));
  return seen;
}
