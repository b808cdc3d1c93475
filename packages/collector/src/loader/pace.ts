import { performance } from 'node:perf_hooks';

/** From this share of the time in which the event loop had something to do, requests are thought to wait for it. */
const BUSY = 0.8;
/** Rests for each millisecond of loading: intake gets three quarters of a machine that is short of both. */
const REST_SHARE = 3;
const REST_MS_MAX = 5_000;
/** A flood that lasts longer than this is no burst any more: loading then goes on without rests, or it never catches up. */
const BURST_MS_MAX = 30_000;

export interface PaceOptions {
  /** The share of time since the last call in which the event loop had something to do, 0 to 1. */
  utilization(): number;
  now(): number;
}

/**
 * How long the loader rests after a segment, so that in a burst of events taking them in comes before loading them:
 * what waits is durable, and loads cheaper in larger segments. Without load it never rests.
 */
export class Pace {
  readonly #options: PaceOptions;
  #busySince: number | undefined;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Whether there was time for everybody since this, or `rest_ms`, was asked last: then a rest is over. */
  calm(): boolean {
    if (this.#options.utilization() >= BUSY) return false;
    this.#busySince = undefined;
    return true;
  }

  /** Milliseconds to rest after a load that took `took_ms`; `room` is the share of the spool that is free, 0 to 1. */
  rest_ms(took_ms: number, room: number): number {
    if (this.calm()) return 0;
    const now = this.#options.now();
    this.#busySince ??= now;
    if (now - this.#busySince > BURST_MS_MAX || room < 0.5) return 0;
    return Math.min(REST_MS_MAX, took_ms * REST_SHARE);
  }
}

/** The utilization of this thread's event loop between calls. */
export function loopUtilization(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
