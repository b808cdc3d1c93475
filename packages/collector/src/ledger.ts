import type { LedgerView } from '@throughline/contract';
import { loadedSegments, readLedger, type Store } from '@throughline/store';
import type { Mutex } from './mutex.ts';
import type { Tally } from './spool/tally.ts';

export interface LedgerOptions {
  store: Store;
  /** Held while the table and the tallies change together, so that no event is seen in both or in neither. */
  lock: Mutex;
  /** Of each segment that is still here, by its id, and of what is in memory only ('' as id). */
  tallies(): { segment: string; tally: Tally }[];
  /** Segments among them whose ledger rows may be in the table already. */
  perhapsWritten(): readonly string[];
}

export type Ledger = (site: string, from?: Date, to?: Date) => Promise<LedgerView>;

/**
 * What became of every event that arrived: the table and what waits here. `received = stored + duplicates + Σ
 * refused + waiting` at every moment, as a whole and of each hour of arrival.
 */
export function ledgerOf(options: LedgerOptions): Ledger {
  const { store, lock } = options;
  return (site, from, to) =>
    lock.run(async () => {
      const range = { ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) };
      const written = await loadedSegments(store, options.perhapsWritten());
      const settled = await readLedger(store, site, range);
      const hours = settled.hours.map((hour) => ({ ...hour, waiting: 0 }));
      const view: LedgerView = { ...settled, hours, waiting: 0 };
      // Whatever arrives from here on is in a tally, and the tallies are read without a pause.
      for (const { segment, tally } of options.tallies()) {
        if (!written.has(segment)) addTally(view, tally, { site, from, to });
      }
      view.hours.sort((a, b) => (a.hour < b.hour ? -1 : 1));
      return view;
    });
}

interface Part {
  site: string;
  from: Date | undefined;
  to: Date | undefined;
}

function addTally(view: LedgerView, tally: Tally, { site, from, to }: Part): void {
  for (const [of, hour, count] of tally.entries()) {
    const start = Date.parse(hour);
    if (of !== site || (from && start < from.getTime()) || (to && start >= to.getTime())) continue;
    const row = hourRow(view, hour);
    for (const sums of [view, row]) {
      sums.waiting += count.waiting;
      sums.received += count.waiting;
    }
    for (const [reason, events] of Object.entries(count.refused)) {
      for (const sums of [view, row]) {
        sums.received += events;
        sums.refused[reason] = (sums.refused[reason] ?? 0) + events;
      }
    }
  }
}

function hourRow(view: LedgerView, hour: string): LedgerView['hours'][number] {
  const found = view.hours.find((row) => Date.parse(row.hour) === Date.parse(hour));
  if (found) return found;
  const fresh = { hour, received: 0, stored: 0, duplicates: 0, refused: {}, waiting: 0 };
  view.hours.push(fresh);
  return fresh;
}
