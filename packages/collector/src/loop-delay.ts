import { performance } from 'node:perf_hooks';

const EVERY_MS = 100;
/** Weight of the newest measure: one pause for garbage fades, a second of them does not. */
const NEWEST = 0.3;

/**
 * How late the event loop is, as a mean that forgets within about a second: the time each request waits before it is
 * even looked at. Measured by a timer that does not keep the process alive.
 */
export class LoopDelay {
  #mean_ms = 0;
  #expected: number;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#expected = now() + EVERY_MS;
    this.#timer = setInterval(() => this.measure(), EVERY_MS).unref();
  }

  get ms(): number {
    return this.#mean_ms;
  }

  /** Takes the time since the last measure as one. */
  measure(): void {
    const now = this.#now();
    const late = Math.max(0, now - this.#expected);
    this.#mean_ms += NEWEST * (late - this.#mean_ms);
    this.#expected = now + EVERY_MS;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
