/** How many bytes of request bodies are in memory at one moment, over all requests, and the bound on it. */
export class HeldBytes {
  readonly #bytes_max: number;
  #bytes = 0;

  constructor(bytes_max: number) {
    this.#bytes_max = bytes_max;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Counts `bytes` more, or takes none of them and gives false. */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#bytes_max) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}
