import type { RefusalReason } from '@throughline/contract';
import type { Batch } from './spool/batch.ts';
import { Tally } from './spool/tally.ts';

const FLUSH_MS = 250;

export interface RefusalsOptions {
  append(batch: Batch, committed: () => void): Promise<void>;
  now(): number;
  /** Told when the refusals could not be written; they are kept and tried again. */
  onFailure(error: unknown): void;
}

/**
 * Refusals of requests that had nothing to accept. They are written to the spool together, a few times a second, so
 * that a flood of bad requests costs no disk write each; until then they are counted here.
 */
export class Refusals {
  #tally = new Tally();
  /** On their way into the spool, which counts them from the moment in which they leave here. */
  readonly #leaving = new Set<Batch>();
  #empty = true;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;
  readonly #options: RefusalsOptions;

  constructor(options: RefusalsOptions) {
    this.#options = options;
  }

  /** What is counted here and nowhere else. */
  tallies(): Tally[] {
    const leaving = new Tally();
    for (const batch of this.#leaving) leaving.add({ ...batch, events: 0 });
    return [this.#tally, leaving];
  }

  add(site: string, reason: RefusalReason, events: number): void {
    this.#tally.add({ site, received_ms: this.#options.now(), events: 0, refused: { [reason]: events } });
    this.#empty = false;
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  /** Writes what is counted so far into the spool. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#flushing;
    if (this.#empty) return;
    this.#flushing = this.#write().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  async #write(): Promise<void> {
    const written = this.#tally;
    const batches = [...written.entries()].map(
      ([site, hour, { refused }]): Batch => ({
        site,
        received_ms: Date.parse(hour),
        rows: [],
        links: [],
        refused,
      }),
    );
    this.#tally = new Tally();
    this.#empty = true;
    for (const batch of batches) this.#leaving.add(batch);
    await Promise.all(batches.map((batch) => this.#append(batch)));
  }

  async #append(batch: Batch): Promise<void> {
    try {
      await this.#options.append(batch, () => this.#leaving.delete(batch));
    } catch (error) {
      this.#options.onFailure(error);
      this.#leaving.delete(batch);
      this.#tally.add({ ...batch, events: 0 });
      this.#empty = false;
    }
  }
}
