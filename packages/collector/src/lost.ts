import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEEN_DAYS_MAX } from '@throughline/contract';
import { faultOf, type Log } from './log.ts';
import { Lru } from './lru.ts';
import { replaceFile } from './replace-file.ts';
import { idOf } from './steps/put-ids.ts';

const DAY_MS = 86_400_000;
/** A flood of notes costs no more writes than this apart. */
const WRITE_MS = 1_000;
/** Notes of so many batches are remembered, some 100 bytes each; a repeat comes with the visitor's next page. */
const TOLD_MAX = 10_000;

export interface LostOptions {
  data_dir: string;
  now(): number;
  log: Log;
}

interface Content {
  /** When the counting began. */
  since: string;
  /** Events by site and day (UTC). */
  sites: Record<string, Record<string, number>>;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * What browsers say that they gave up because their queue was full, as they told this collector: in no store, as it never arrived. Kept
 * over a restart in `<data_dir>/lost.json`, which is written a second after a change and at the end; a crash may lose that second. What
 * is told again, by a page that did not hear the answer, counts once, unless this collector was started again or another has heard it.
 */
export class Lost {
  readonly #options: LostOptions;
  readonly #file: string;
  readonly #since: string;
  readonly #sites: Map<string, Map<string, number>>;
  /** How many were told with a batch, by site and the id of its first event. */
  readonly #told = new Lru<string, number>(TOLD_MAX);
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;

  private constructor(options: LostOptions, { since, sites }: Content) {
    this.#options = options;
    this.#file = fileOf(options);
    this.#since = since;
    this.#sites = new Map(Object.entries(sites).map(([site, days]) => [site, new Map(Object.entries(days))]));
  }

  /** Goes on from what an earlier run has counted. A file that is damaged or cannot be read is the same as none, and told in the log. */
  static async open(options: LostOptions): Promise<Lost> {
    return new Lost(
      options,
      (await read(options)) ?? { since: new Date(options.now()).toISOString(), sites: {} },
    );
  }

  /**
   * Counts `events` as told with the batch of these events' ids, and gives back how many of them were not told before: the tag goes on
   * counting until it has an answer, and sends the events of a batch without one once more.
   */
  add(site: string, events: number, ids: readonly unknown[]): number {
    const keys = ids.map(idOf).flatMap((id) => (id ? [`${site} ${id}`] : []));
    const told = Math.max(0, ...keys.map((key) => this.#told.get(key) ?? 0));
    if (keys[0]) this.#told.set(keys[0], Math.max(told, events));
    const more = Math.max(0, events - told);
    if (more > 0) this.#count(site, more);
    return more;
  }

  #count(site: string, events: number): void {
    const day = dayOf(this.#options.now());
    const days = this.#sites.get(site) ?? new Map<string, number>();
    this.#sites.set(site, days.set(day, (days.get(day) ?? 0) + events));
    this.#timer ??= setTimeout(() => void this.#write(), WRITE_MS).unref();
  }

  /** Of the last `SEEN_DAYS_MAX` days and the present one. */
  of(site: string): { events: number; since: string } {
    const first = this.#firstDay();
    let events = 0;
    for (const [day, some] of this.#sites.get(site) ?? []) if (day >= first) events += some;
    const counted = `${first}T00:00:00.000Z`;
    return { events, since: counted > this.#since ? counted : this.#since };
  }

  /** Writes what was not written yet. */
  async close(): Promise<void> {
    if (this.#timer) await this.#write();
    await this.#writing;
  }

  #firstDay(): string {
    return dayOf(this.#options.now() - SEEN_DAYS_MAX * DAY_MS);
  }

  #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = (this.#writing ?? Promise.resolve()).then(async () => {
      this.#forget();
      try {
        await replaceFile(this.#file, JSON.stringify(this.#content()));
      } catch (error) {
        this.#options.log.warn(
          'What browsers gave up is counted in memory only; make the data folder writable.',
          faultOf(error),
        );
      }
    });
    return this.#writing;
  }

  /** Drops the days that nobody asks for any more. */
  #forget(): void {
    const first = this.#firstDay();
    for (const [site, days] of this.#sites) {
      for (const day of days.keys()) if (day < first) days.delete(day);
      if (days.size === 0) this.#sites.delete(site);
    }
  }

  #content(): Content {
    const sites = Object.fromEntries(
      [...this.#sites].map(([site, days]) => [site, Object.fromEntries(days)]),
    );
    return { since: this.#since, sites };
  }
}

const fileOf = ({ data_dir }: LostOptions): string => path.join(data_dir, 'lost.json');

async function read(options: LostOptions): Promise<Content | undefined> {
  try {
    const content = JSON.parse(await readFile(fileOf(options), 'utf8')) as Content;
    if (Number.isNaN(Date.parse(content.since))) throw new Error('It does not say since when it counts.');
    // A site's name is made by us, but the file is anybody's who may write there.
    for (const days of Object.values(content.sites))
      if (!Object.values(days).every(Number.isSafeInteger)) throw new Error('It holds what is no count.');
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    options.log.warn(
      'What browsers gave up before cannot be read; it is counted from now on.',
      faultOf(error),
    );
    return undefined;
  }
}
