/** A bounded map that forgets what was not used for longest. `entries_max` is its only limit. */
export class Lru<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #entries_max: number;

  constructor(entries_max: number) {
    this.#entries_max = entries_max;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    // Re-inserting on every hit costs more than it gives while there is room.
    if (value !== undefined && this.#entries.size * 2 > this.#entries_max) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#entries_max) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, value);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
