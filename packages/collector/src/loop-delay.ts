import { performance } from 'node:perf_hooks';

const EVERY_MS = 100;
/** One long pause, or a machine that is short of time for a moment, is no flood: this many looks in a row are. */
const LOOKS = 3;

/**
 * How late the event loop is, and so how long each request waits before it is even looked at: the least of the last
 * three measures. Measured by a timer that does not keep the process alive.
 */
export class LoopDelay {
  readonly #late_ms: number[] = Array(LOOKS).fill(0);
  #next = 0;
  #expected: number;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#expected = now() + EVERY_MS;
    this.#timer = setInterval(() => this.measure(), EVERY_MS).unref();
  }

  get ms(): number {
    return Math.min(...this.#late_ms);
  }

  /** Takes the time since the last measure as one. */
  measure(): void {
    const now = this.#now();
    this.#late_ms[this.#next] = Math.max(0, now - this.#expected);
    this.#next = (this.#next + 1) % LOOKS;
    this.#expected = now + EVERY_MS;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
