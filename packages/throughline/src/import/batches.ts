import { LIMITS } from '@throughline/contract';
import type { SegmentCall } from './call.ts';

export interface Item {
  line: number;
  call: SegmentCall;
}

export interface Batch {
  items: Item[];
  body: string;
}

/** Leaves room for the frame around the calls. */
const BATCH_BYTES_MAX = LIMITS.body_bytes_max - 1024;

/** Gathers calls into request bodies within the intake's limits; a call that is too large alone goes alone and is refused there. */
export class Gatherer {
  #items: Item[] = [];
  #texts: string[] = [];
  #bytes = 0;

  /** Adds a call; gives the batch that was full before it. */
  add(item: Item): Batch | undefined {
    const text = JSON.stringify(item.call);
    const bytes = Buffer.byteLength(text) + 1;
    const full = this.#items.length >= LIMITS.batch_events_max || this.#bytes + bytes > BATCH_BYTES_MAX;
    const batch = full ? this.take() : undefined;
    this.#items.push(item);
    this.#texts.push(text);
    this.#bytes += bytes;
    return batch;
  }

  /** What has been gathered so far; undefined when that is nothing. */
  take(): Batch | undefined {
    if (this.#items.length === 0) return undefined;
    const batch = { items: this.#items, body: `{"batch":[${this.#texts.join(',')}]}` };
    this.#items = [];
    this.#texts = [];
    this.#bytes = 0;
    return batch;
  }
}
