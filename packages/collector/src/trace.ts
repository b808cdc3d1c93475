import type { MessageView, RefusalReason } from '@throughline/contract';
import { findEvents, type Store } from '@throughline/store';
import type { DeadLetters } from './dead-letters.ts';
import { Lru } from './lru.ts';
import { readBatch, rowsOf } from './spool/batch.ts';
import type { SpoolFiles } from './spool/files.ts';
import { scan } from './spool/record.ts';
import type { Spool } from './spool/spool.ts';

/** Ids whose refusals are remembered, in memory only. */
const REFUSALS_MAX = 10_000;
/** Refusals remembered of one id. */
const REFUSALS_OF_ID_MAX = 5;
const ID_CHARS_MAX = 128;

export interface TraceOptions {
  store: Store;
  spool: Spool;
  files: SpoolFiles;
  deadLetters: DeadLetters;
  now(): number;
}

/** Tells developers what became of one event: the answer to "200 OK, but nothing arrived". */
export class Trace {
  readonly #options: TraceOptions;
  readonly #since: string;
  readonly #refused = new Lru<string, MessageView['refused']>(REFUSALS_MAX);

  constructor(options: TraceOptions) {
    this.#options = options;
    this.#since = new Date(options.now()).toISOString();
  }

  /** Remembers a refusal of an event that had an id. */
  refused(site: string, event_id: unknown, { reason, at }: { reason: RefusalReason; at: string }): void {
    if (typeof event_id !== 'string' || event_id === '' || event_id.length > ID_CHARS_MAX) return;
    const key = `${site}\0${event_id}`;
    const received_at = new Date(this.#options.now()).toISOString();
    const before = this.#refused.get(key) ?? [];
    this.#refused.set(key, [...before, { reason, at, received_at }].slice(-REFUSALS_OF_ID_MAX));
  }

  /** Throws `StoreError` when the store is away and the event does not wait here. */
  async of(site: string, event_id: string): Promise<MessageView> {
    const { store, deadLetters } = this.#options;
    const refused = this.#refused.get(`${site}\0${event_id}`) ?? [];
    const remembered = { since: this.#since, refusals_max: REFUSALS_MAX };
    const view = { event_id, refused, remembered };
    if (await this.#waits(site, event_id)) return { ...view, outcome: 'waiting' };
    const [found] = await findEvents(store, site, [event_id]);
    if (found) {
      const { name, visitor_id, time, received_at, source } = found;
      return { ...view, outcome: 'stored', stored: { name, visitor_id, time, received_at, source } };
    }
    const letter = (await deadLetters.list(site)).find(
      (one) => one.kind === 'event' && one.event_id === event_id,
    );
    if (letter)
      return {
        ...view,
        outcome: 'set_aside',
        set_aside: { reason: letter.reason, hour: letter.hour },
      };
    return { ...view, outcome: refused.length > 0 ? 'refused' : 'unknown' };
  }

  /** Reads every segment that waits, the open one too: all of it is on disk. */
  async #waits(site: string, event_id: string): Promise<boolean> {
    const { spool, files } = this.#options;
    const wanted = Buffer.from(event_id);
    for (const { file, bytes } of spool.waitingFiles()) {
      const content = (await files.read(file).catch(() => Buffer.alloc(0))).subarray(0, bytes);
      if (!content.includes(wanted)) continue;
      for (const { payload } of scan(content).records) {
        const batch = readBatch(payload);
        if (batch.site === site && rowsOf(batch).some((row) => row.event_id === event_id)) return true;
      }
    }
    return false;
  }
}
