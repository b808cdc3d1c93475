import { putLedger } from '@throughline/store';
import { faultOf } from '../log.ts';
import type { Mutex } from '../mutex.ts';
import type { Segment } from '../spool/segment.ts';
import type { Spool } from '../spool/spool.ts';
import { type LoadTools, loadSegment, type Touched } from './load.ts';
import type { Pace } from './pace.ts';

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 10_000;

export interface LoaderOptions extends LoadTools {
  spool: Spool;
  /** Makes the touched people's assignments anew. */
  stitch(touched: Touched): Promise<void>;
  /** Held while the ledger's table and the tally of what waits change together. */
  ledgerLock: Mutex;
  /** How long to rest between segments. */
  pace: Pick<Pace, 'rest_ms'>;
  /** 0 to 1, for jitter. */
  chance(): number;
}

/** Carries sealed segments into ClickHouse: oldest first, one at a time, again and again until it is done. */
export class Loader {
  readonly counts = { segments: 0, failures: 0 };
  /** Segments whose ledger rows may be in the table although they are still here. */
  readonly perhapsWritten = new Set<string>();
  readonly #options: LoaderOptions;
  /** Segments that an earlier attempt, or process, may have stored in part. */
  readonly #unsure = new Set<string>();
  #running: Promise<void> | undefined;
  #stopped = false;
  /** For a store that is away. */
  #wait: Pause | undefined;
  /** For requests that wait for the processor. */
  #rest: Pause | undefined;
  #hurries = 0;

  constructor(options: LoaderOptions) {
    this.#options = options;
    for (const id of options.spool.recovered()) this.perhapsWritten.add(id);
  }

  /** Begins or goes on. Recovered segments are already in the spool. */
  wake(): void {
    if (this.#stopped) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (!this.#stopped && this.#options.spool.oldest()) this.wake();
    });
  }

  /** Resolves when no segment is left, or the loader was stopped. It does not rest while somebody waits here. */
  async idle(): Promise<void> {
    this.#hurries += 1;
    this.#rest?.end();
    try {
      while (this.#running) await this.#running;
    } finally {
      this.#hurries -= 1;
    }
  }

  /** Ends after the segment at hand, and at once when it waits for a store that is away. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rest?.end();
    this.#wait?.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    for (;;) {
      const segment = this.#options.spool.oldest();
      if (!segment || this.#stopped) return;
      try {
        const begun = performance.now();
        await this.#load(segment);
        this.counts.segments += 1;
        failures = 0;
        await this.#takeRest(performance.now() - begun);
      } catch (error) {
        failures += 1;
        this.counts.failures += 1;
        this.#unsure.add(segment.id);
        this.#options.log.warn('Events wait in the spool: the store did not take them. It is tried again.', {
          segment: segment.id,
          failures,
          ...faultOf(error),
        });
        await this.#pause(failures);
      }
    }
  }

  async #load(segment: Segment): Promise<void> {
    const { spool, ledgerLock, stitch } = this.#options;
    const unsure = segment.recovered || this.#unsure.has(segment.id);
    const { ledger, touched } = await loadSegment(segment, unsure, this.#options);
    for (const one of touched) await stitch(one);
    await ledgerLock.run(async () => {
      this.perhapsWritten.add(segment.id);
      await putLedger(this.#options.store, ledger);
      await spool.remove(segment);
      this.perhapsWritten.delete(segment.id);
      this.#unsure.delete(segment.id);
    });
  }

  #pause(failures: number): Promise<void> {
    const full = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 10));
    const ms = full * (0.5 + this.#options.chance() / 2);
    this.#wait = pause(ms);
    if (this.#stopped) this.#wait.end();
    return this.#wait.over;
  }

  async #takeRest(took_ms: number): Promise<void> {
    const { pace, spool } = this.#options;
    const ms = pace.rest_ms(took_ms, spool.room);
    if (ms <= 0 || this.#hurries > 0 || this.#stopped) return;
    this.#rest = pause(ms);
    await this.#rest.over;
    this.#rest = undefined;
  }
}

interface Pause {
  over: Promise<void>;
  end(): void;
}

function pause(ms: number): Pause {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { over, end };
}
