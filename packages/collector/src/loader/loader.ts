import path from 'node:path';
import {
  type LedgerRow,
  lastErasure,
  loadedSegments,
  putLedger,
  type Store,
  storedCounts,
  uptime,
} from '@throughline/store';
import { faultOf } from '../log.ts';
import type { Mutex } from '../mutex.ts';
import { MISSING, type Segment } from '../spool/segment.ts';
import type { Spool } from '../spool/spool.ts';
import type { Ids } from './ids.ts';
import { type LoadTools, loadSegment, type Touched } from './load.ts';
import type { Pace } from './pace.ts';

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 10_000;
/** How often the store is asked how long it has been up, and by how much its answers may differ. */
const UPTIME_MS = 30_000;
const UPTIME_SLACK_MS = 5_000;
/** How soon the end of a burst ends a rest. */
const LOOK_MS = 50;
/** Segments on their way at once: one waits for the store while the next is made ready. */
const FLIGHTS_MAX: Readonly<Record<Store['kind'], number>> = { embedded: 2, server: 4 };

export interface LoaderOptions extends LoadTools {
  spool: Spool;
  /** Makes the touched people's assignments anew. */
  stitch(touched: Touched): Promise<void>;
  /** Held while the ledger's table and the tally of what waits change together. */
  ledgerLock: Mutex;
  /** How long to rest between segments. */
  pace: Pick<Pace, 'rest_ms' | 'calm'>;
  /** Told what became of a segment's events. */
  onLoaded(ledger: readonly LedgerRow[]): void;
  /** 0 to 1, for jitter. */
  chance(): number;
}

/** A segment on its way. */
interface Flight {
  ids: Ids | undefined;
  done: Promise<void>;
}

/** Carries sealed segments into ClickHouse: oldest first, some at a time, again and again until it is done. */
export class Loader {
  readonly counts = { segments: 0, failures: 0, healed: 0 };
  /** Segments that were begun here, never loaded, and are gone. */
  readonly missing: string[] = [];
  /** Segments whose ledger rows may be in the table although they are still here. */
  readonly perhapsWritten = new Set<string>();
  readonly #options: LoaderOptions;
  /** Segments that an earlier attempt may have stored in part: how often they failed, and when to try again. */
  readonly #failed = new Map<string, { failures: number; again_ms: number }>();
  readonly #flights = new Map<string, Flight>();
  /** Told when nothing is left to do, or the loader was stopped. */
  #waiters: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #restUntil_ms = 0;
  #hurries = 0;
  #stopped = false;
  /** How many want to be alone. */
  #held = 0;
  /** Whether what was stored before should be looked at again: after the store was away. */
  #doubtful = false;
  readonly #healing = new Set<string>();
  /** When the store was started, by its own word, and when it was asked. */
  #store: { started_ms: number; asked_ms: number } | undefined;
  #first = true;
  #background: Promise<void> = Promise.resolve();

  constructor(options: LoaderOptions) {
    this.#options = options;
    for (const id of options.spool.recovered()) this.perhapsWritten.add(id);
  }

  /** Begins or goes on. Recovered segments are already in the spool. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#held > 0) return;
    if (this.#first) {
      this.#first = false;
      this.#lookBack();
    }
    const now = performance.now();
    if (this.#options.seen?.wanted && this.#flights.size === 0) this.#makeFilter();
    // A new filter begins between segments; those on their way are let land first.
    const mayStart = !this.#options.seen?.wanted && (now >= this.#restUntil_ms || this.#hurries > 0);
    let wait_ms = mayStart ? Number.POSITIVE_INFINITY : this.#restUntil_ms - now;
    if (mayStart) {
      for (const segment of this.#options.spool.waiting()) {
        if (this.#flights.size >= FLIGHTS_MAX[this.#options.store.kind]) break;
        if (this.#flights.has(segment.id)) continue;
        const due_ms = (this.#failed.get(segment.id)?.again_ms ?? 0) - now;
        if (due_ms > 0) wait_ms = Math.min(wait_ms, due_ms);
        else this.#start(segment);
      }
    }
    if (this.#options.spool.backlog === 0 && this.#flights.size === 0) this.#release();
    else if (wait_ms > 0 && wait_ms < Number.POSITIVE_INFINITY)
      this.#timer = setTimeout(() => this.#look(), mayStart ? wait_ms : Math.min(wait_ms, LOOK_MS));
  }

  #look(): void {
    if (performance.now() < this.#restUntil_ms && this.#options.pace.calm()) this.#restUntil_ms = 0;
    this.wake();
  }

  /** Resolves when no segment is left, or the loader was stopped. It does not rest while somebody waits here. */
  async idle(): Promise<void> {
    if (this.#stopped || (this.#options.spool.backlog === 0 && this.#flights.size === 0)) return;
    this.#hurries += 1;
    try {
      await new Promise<void>((resolve) => {
        this.#waiters.push(resolve);
        this.wake();
      });
    } finally {
      this.#hurries -= 1;
    }
  }

  /** Does this while no segment is on its way, so that nobody here looks up or claims an id beside it. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      await Promise.all([...this.#flights.values()].map(({ done }) => done));
      return await work();
    } finally {
      this.#held -= 1;
      this.wake();
    }
  }

  /** Ends after the segments on their way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all([...this.#flights.values()].map(({ done }) => done));
    await this.#background;
    this.#release();
  }

  #release(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  #start(segment: Segment): void {
    const flight: Flight = { ids: undefined, done: Promise.resolve() };
    this.#flights.set(segment.id, flight);
    flight.done = this.#fly(segment, flight).finally(() => {
      this.#flights.delete(segment.id);
      this.wake();
    });
  }

  async #fly(segment: Segment, flight: Flight): Promise<void> {
    const begun = performance.now();
    try {
      await this.#load(segment, flight);
    } catch (error) {
      this.#putOff(segment, error);
      return;
    }
    this.counts.segments += 1;
    this.#failed.delete(segment.id);
    if (this.#doubtful) this.#lookBack();
    else this.#noticeRestart();
    const { pace, spool } = this.#options;
    const ended = performance.now();
    const rest_ms = pace.rest_ms(ended - begun, spool.room);
    if (rest_ms > 0) this.#restUntil_ms = ended + rest_ms;
  }

  async #load(segment: Segment, flight: Flight): Promise<void> {
    const { spool, ledgerLock, stitch, store } = this.#options;
    const unsure = segment.recovered || this.#failed.has(segment.id);
    const reserve = async (ids: Ids) => {
      const others = [...this.#flights.values()].filter((one) => one !== flight && one.ids?.meets(ids));
      flight.ids = ids;
      // Those were started earlier and wait for nobody that comes after them.
      await Promise.all(others.map(({ done }) => done));
    };
    const { ledger, touched, stored } = await loadSegment(segment, { unsure, reserve }, this.#options);
    for (const one of touched) await stitch(one);
    await ledgerLock.run(async () => {
      this.perhapsWritten.add(segment.id);
      await putLedger(store, ledger);
      await spool.loaded(segment, stored);
      this.perhapsWritten.delete(segment.id);
    });
    // What was loaded once more was told before.
    if (!this.#healing.delete(segment.id)) this.#options.onLoaded(ledger);
  }

  #putOff(segment: Segment, error: unknown): void {
    const failures = (this.#failed.get(segment.id)?.failures ?? 0) + 1;
    const full_ms = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 10));
    const wait_ms = full_ms * (0.5 + this.#options.chance() / 2);
    this.#failed.set(segment.id, { failures, again_ms: performance.now() + wait_ms });
    this.counts.failures += 1;
    this.#doubtful = true;
    this.#options.log.warn('Events wait in the spool: the store did not take them. It is tried again.', {
      segment: segment.id,
      failures,
      ...faultOf(error),
    });
  }

  #makeFilter(): void {
    const made = this.#options.seen!.begin().catch((error: unknown) => {
      // Ids are looked up until it is there; it is wanted again at the next segment.
      this.#options.log.debug('The filter of known ids could not be made yet.', faultOf(error));
    });
    this.#inBackground(() => made);
  }

  /** Once the store answers: whether it still has what it had said it stored, and whether segments are missing. */
  #lookBack(): void {
    this.#doubtful = false;
    this.#inBackground(async () => {
      try {
        await this.#healKept();
        await this.#findMissing();
      } catch (error) {
        this.#doubtful = true;
        this.#options.log.debug('Kept segments could not be compared with the store yet.', faultOf(error));
      }
    });
  }

  /** A store that was started again between two segments lets none fail, and may have lost what it had all the same. */
  #noticeRestart(): void {
    const now = this.#options.now();
    const before = this.#store;
    if (before && Math.abs(now - before.asked_ms) < UPTIME_MS) return;
    this.#store = { started_ms: before?.started_ms ?? now, asked_ms: now };
    this.#inBackground(async () => {
      const up_ms = await uptime(this.#options.store).catch(() => undefined);
      if (up_ms === undefined) return;
      const started_ms = now - up_ms;
      this.#store = { started_ms, asked_ms: now };
      if (before && started_ms > before.started_ms + UPTIME_SLACK_MS) this.#lookBack();
    });
  }

  #inBackground(task: () => Promise<void>): void {
    this.#background = this.#background.then(task);
  }

  async #healKept(): Promise<void> {
    const { spool, store, log } = this.#options;
    const kept = [...spool.kept.all()];
    const counts = await storedCounts(
      store,
      kept.map(({ id }) => id),
    );
    // Asked after the count: an erasure is noted before its rows go, so no row of it is taken for lost here.
    await spool.kept.dropUntil(await lastErasure(store));
    const left = new Set(spool.kept.all());
    // A segment's ledger rows are written last: a store that lost its latest writes has lost these at least.
    const told = await loadedSegments(
      store,
      kept.map(({ id }) => id),
    );
    for (const segment of kept.filter((one) => left.has(one))) {
      const found = counts.get(segment.id) ?? 0;
      if (found >= segment.stored && told.has(segment.id)) continue;
      log.error('The store has lost rows of a segment that it had acknowledged; it is loaded once more.', {
        segment: segment.id,
        stored: segment.stored,
        found,
      });
      this.counts.healed += 1;
      this.#healing.add(segment.id);
      this.perhapsWritten.add(segment.id);
      await spool.again(segment);
    }
  }

  async #findMissing(): Promise<void> {
    const { spool, store, files, folder, log } = this.#options;
    const absent = [...spool.absent];
    const loaded = await loadedSegments(store, absent);
    for (const segment of absent) {
      const marker = path.join(folder, segment + MISSING);
      if (loaded.has(segment)) {
        await files.remove(marker);
        continue;
      }
      if (!this.missing.includes(segment)) this.missing.push(segment);
      // The one that follows it is soon loaded and gone, and with it the word that this one was ever there.
      await files.put(marker, Buffer.alloc(0));
      log.error('A spool segment is missing: it was begun here and never loaded. Look for its file.', {
        segment,
      });
    }
    spool.absent.length = 0;
  }
}
