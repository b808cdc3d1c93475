import path from 'node:path';
import { LIMITS, type MessageView, type RefusalReason } from '@throughline/contract';
import { findEvents, type Store, TURNED_AWAY_DAYS, turnedAway } from '@throughline/store';
import type { DeadLetters } from './dead-letters.ts';
import type { Refusals } from './refusals.ts';
import { readBatch, rowsOf, type TurnedAway } from './spool/batch.ts';
import type { SpoolFiles } from './spool/files.ts';
import { scan } from './spool/record.ts';
import type { Spool } from './spool/spool.ts';
import { idOf } from './steps/put-ids.ts';

export interface TraceOptions {
  store: Store;
  spool: Spool;
  files: SpoolFiles;
  refusals: Pick<Refusals, 'turnedAway'>;
  deadLetters: Pick<DeadLetters, 'list'>;
  now(): number;
}

const DAY_MS = 86_400_000;

/** Tells developers what became of one event: the answer to "200 OK, but nothing arrived". */
export class Trace {
  readonly #options: TraceOptions;

  constructor(options: TraceOptions) {
    this.#options = options;
  }

  /**
   * By the id that its sender gave it. Throws `StoreError` when the store is away and the event does not wait here. What
   * another collector has not loaded yet is not known here.
   */
  async of(site: string, sent_id: string): Promise<MessageView> {
    const { store, deadLetters, refusals, now } = this.#options;
    const event_id = idOf(sent_id.slice(0, LIMITS.value_chars_max));
    const here = await this.#inSpool(site, event_id);
    const pending = refusals.turnedAway(site).filter((one) => one.event_id === event_id);
    const remembered = { since: new Date(now() - TURNED_AWAY_DAYS * DAY_MS).toISOString() };
    const turned = [...here.turned, ...pending].map(viewOf);
    if (here.waits) return { event_id, ...told(turned), remembered, outcome: 'waiting' };
    const stored = (await turnedAway(store, site, event_id)).map(({ reason, field: at, received_at }) => ({
      reason,
      at,
      received_at,
    }));
    const view = { event_id, ...told([...stored, ...turned]), remembered };
    const [found] = await findEvents(store, site, [event_id]);
    if (found) {
      const { name, visitor_id, time, received_at, source } = found;
      return { ...view, outcome: 'stored', stored: { name, visitor_id, time, received_at, source } };
    }
    const letter = (await deadLetters.list(site)).find(
      (one) => one.kind === 'event' && one.event_id === event_id,
    );
    if (letter)
      return { ...view, outcome: 'set_aside', set_aside: { reason: letter.reason, hour: letter.hour } };
    return { ...view, outcome: view.refused.length > 0 ? 'refused' : 'unknown' };
  }

  /** Reads every segment that waits, the open one too: all of it is on disk. */
  async #inSpool(site: string, event_id: string): Promise<{ waits: boolean; turned: TurnedAway[] }> {
    const { spool, files } = this.#options;
    const wanted = Buffer.from(event_id);
    const turned: TurnedAway[] = [];
    let waits = false;
    for (const { file, bytes } of spool.waitingFiles()) {
      const content = (await files.read(file).catch(() => Buffer.alloc(0))).subarray(0, bytes);
      if (!content.includes(wanted)) continue;
      for (const { payload } of scan(content, path.basename(file).split('.', 1)[0]!).records) {
        const batch = readBatch(payload);
        if (batch.site !== site) continue;
        waits ||= rowsOf(batch).some((row) => row.event_id === event_id);
        turned.push(...batch.turned_away.filter((one) => one.event_id === event_id));
      }
    }
    return { waits, turned };
  }
}

interface Turned {
  reason: RefusalReason | 'duplicate';
  at: string;
  received_at: string;
}

const viewOf = ({ reason, field: at, received_ms }: TurnedAway): Turned => ({
  reason,
  at,
  received_at: new Date(received_ms).toISOString(),
});

/** Each once, although a segment that is being loaded is here and in the store; the latest last. */
function told(all: readonly Turned[]): Pick<MessageView, 'refused' | 'repeated'> {
  const once = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  once.sort((a, b) => (a.received_at < b.received_at ? -1 : 1));
  return {
    refused: once.flatMap(({ reason, ...one }) => (reason === 'duplicate' ? [] : [{ reason, ...one }])),
    repeated: once.flatMap(({ reason, received_at }) => (reason === 'duplicate' ? [{ received_at }] : [])),
  };
}
