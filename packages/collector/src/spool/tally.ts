import type { RefusalReason } from '@throughline/contract';
import type { Batch } from './batch.ts';

/** Counts of one site and hour that the ledger table does not hold yet. */
export interface Count {
  waiting: number;
  refused: Partial<Record<RefusalReason, number>>;
}

const HOUR_MS = 3_600_000;

/** The hour of a time as the ledger writes it: `2026-11-22T03:00:00.000Z`. */
export function hourOf(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  if (hour !== last.hour) last = { hour, text: new Date(hour * HOUR_MS).toISOString() };
  return last.text;
}
let last = { hour: Number.NaN, text: '' };

/** What of a batch is counted. */
export type Tallied = Pick<Batch, 'site' | 'received_ms' | 'refused'> & { events: number };

/** Events and refusals by site and hour of arrival. */
export class Tally {
  readonly #sites = new Map<string, Map<string, Count>>();

  add(batch: Tallied): void {
    const count = this.#count(batch.site, hourOf(batch.received_ms));
    count.waiting += batch.events;
    for (const reason in batch.refused) {
      const events = batch.refused[reason as RefusalReason] ?? 0;
      count.refused[reason as RefusalReason] = (count.refused[reason as RefusalReason] ?? 0) + events;
    }
  }

  /** Every site, hour and count. */
  *entries(): Generator<[site: string, hour: string, count: Count]> {
    for (const [site, hours] of this.#sites) for (const [hour, count] of hours) yield [site, hour, count];
  }

  /** Events that wait to be loaded, of one site or of all. */
  waiting(site?: string): number {
    let sum = 0;
    for (const [of, , count] of this.entries()) if (site === undefined || of === site) sum += count.waiting;
    return sum;
  }

  #count(site: string, hour: string): Count {
    let hours = this.#sites.get(site);
    if (!hours) {
      hours = new Map();
      this.#sites.set(site, hours);
    }
    let count = hours.get(hour);
    if (!count) {
      count = { waiting: 0, refused: {} };
      hours.set(hour, count);
    }
    return count;
  }
}
