import { performance } from 'node:perf_hooks';

/** As long as a group of requests takes to be written to disk; nobody notices it. */
const HELD_MS_MAX = 3;
const PIECE = 1_000;

/** Long work in pieces: between them the event loop takes the requests that came meanwhile. */
export class Breath {
  #since = performance.now();

  /** Whether the event loop has been held for so long that `take` should be awaited. */
  get due(): boolean {
    return performance.now() - this.#since > HELD_MS_MAX;
  }

  /** Resolves in the event loop's next turn. */
  async take(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }

  /** Calls `step` for 0, 1, 2, … below `count`. */
  async each(count: number, step: (index: number) => void): Promise<void> {
    for (let from = 0; from < count; from += PIECE) {
      if (this.due) await this.take();
      const to = Math.min(count, from + PIECE);
      for (let index = from; index < to; index += 1) step(index);
    }
  }
}
