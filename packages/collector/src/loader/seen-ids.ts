import type { Store } from '@throughline/store';
import { type Seen, seenIn } from './seen.ts';

/**
 * The filter of all claimed ids, made from the store in the background and made anew, larger, when it gets crowded.
 * Until it is there every id may have been seen. `begin` must be called while no segment is on its way: ids that are
 * added while a filter is being made are put into that one as well.
 */
export class SeenIds {
  readonly #store: Store;
  #seen: Seen | undefined;
  #meanwhile: number[] | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether `begin` has something to do. */
  get wanted(): boolean {
    return this.#meanwhile === undefined && (this.#seen === undefined || this.#seen.crowded);
  }

  /** Makes the filter. Rejects with `StoreError` when the store is away; it is wanted again then. */
  async begin(): Promise<void> {
    const meanwhile: number[] = [];
    this.#meanwhile = meanwhile;
    try {
      const seen = await seenIn(this.#store);
      for (let at = 0; at < meanwhile.length; at += 2) seen.add(meanwhile[at]!, meanwhile[at + 1]!);
      this.#seen = seen;
    } finally {
      this.#meanwhile = undefined;
    }
  }

  /** To be called before the id is claimed. */
  add(low: number, high: number): void {
    this.#seen?.add(low, high);
    this.#meanwhile?.push(low, high);
  }

  perhaps(low: number, high: number): boolean {
    return this.#seen?.perhaps(low, high) ?? true;
  }
}
