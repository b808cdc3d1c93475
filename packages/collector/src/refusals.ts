import type { RefusalReason } from '@throughline/contract';
import type { Batch, TurnedAway } from './spool/batch.ts';
import { Tally } from './spool/tally.ts';

const FLUSH_MS = 250;
/** Of one site, between two writes. More are counted all the same. */
const TURNED_AWAY_MAX = 1_000;

export interface RefusalsOptions {
  append(batch: Batch, committed: () => void): Promise<void>;
  now(): number;
  /** Told when the refusals could not be written; they are kept and tried again. */
  onFailure(error: unknown): void;
}

export interface Refused {
  reason: RefusalReason;
  events: number;
  /** Place in what was sent. */
  field?: string;
  event_ids?: readonly string[];
}

/**
 * Refusals of requests that had nothing to accept. They are written to the spool together, a few times a second, so
 * that a flood of bad requests costs no disk write each; until then they are counted here.
 */
export class Refusals {
  #tally = new Tally();
  #turnedAway = new Map<string, TurnedAway[]>();
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

  /** What is known here of refusals by id. */
  turnedAway(site: string): TurnedAway[] {
    const leaving = [...this.#leaving].filter((batch) => batch.site === site);
    return [...leaving.flatMap((batch) => batch.turned_away ?? []), ...(this.#turnedAway.get(site) ?? [])];
  }

  /** `field`: where in what was sent. `event_ids`: of those among the events that have one. */
  add(site: string, { reason, events, field = '', event_ids = [] }: Refused): void {
    const received_ms = this.#options.now();
    this.#tally.add({ site, received_ms, events: 0, refused: { [reason]: events } });
    this.#remember(
      site,
      event_ids.map((event_id) => ({ event_id, reason, field, received_ms })),
    );
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

  #remember(site: string, some: readonly TurnedAway[]): void {
    if (some.length === 0) return;
    const before = this.#turnedAway.get(site) ?? [];
    this.#turnedAway.set(site, [...before, ...some.slice(0, TURNED_AWAY_MAX - before.length)]);
  }

  async #write(): Promise<void> {
    const written = this.#tally;
    const turnedAway = this.#turnedAway;
    const batches = [...written.entries()].map(([site, hour, { refused }]): Batch => {
      const turned_away = turnedAway.get(site) ?? [];
      // With the first of the site's hours.
      turnedAway.delete(site);
      return { site, received_ms: Date.parse(hour), rows: [], links: [], refused, turned_away };
    });
    this.#tally = new Tally();
    this.#turnedAway = new Map();
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
      this.#remember(batch.site, batch.turned_away ?? []);
      this.#empty = false;
    }
  }
}
