import type { LedgerView, RefusalReason } from '@throughline/contract';
import type { Store } from '../store.ts';

/** What became of the events of one site in one hour of one segment. */
export interface LedgerRow {
  site: string;
  /** Start of the hour of arrival. */
  hour: string;
  segment: string;
  stored: number;
  duplicates: number;
  refused: Partial<Record<RefusalReason, number>>;
  version: number;
}

/** What the store knows; `received` is then stored + duplicates + refused. Events still waiting come on top. */
export type SettledLedger = Omit<LedgerView, 'waiting' | 'hours'> & {
  hours: Omit<LedgerView['hours'][number], 'waiting'>[];
};

/** Writes rows; the same site, hour and segment again replaces its row. */
export async function putLedger(store: Store, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length > 0) await store.insert('ledger', rows);
}

type Hour = SettledLedger['hours'][number];

/** The ledger of a site by hour, oldest first. `from` inclusive, `to` exclusive, by the start of the hour. */
export async function readLedger(
  store: Store,
  site: string,
  { from, to }: { from?: string; to?: string } = {},
): Promise<SettledLedger> {
  const sql = `
    SELECT toDateTime64(hour, 3, 'UTC') AS start, sum(ledger.stored) AS stored, sum(ledger.duplicates) AS duplicates,
      sumMap(ledger.refused) AS refused
    FROM ledger FINAL
    WHERE site = {site:String} AND hour >= {from:DateTime64(3, 'UTC')} AND hour < {to:DateTime64(3, 'UTC')}
    GROUP BY hour ORDER BY hour`;
  const params = { site, from: from ?? '1970-01-01T00:00:00.000Z', to: to ?? '2100-01-01T00:00:00.000Z' };
  const rows = await store.query<Omit<Hour, 'received' | 'hour'> & { start: string }>({ sql, params });
  const doubles = await doublesByHour(store, params);
  const hours = rows.map(({ start, ...counts }) => {
    const moved = doubles.get(start) ?? 0;
    const { stored, duplicates, refused } = counts;
    return {
      hour: start,
      received: received(counts),
      stored: stored - moved,
      duplicates: duplicates + moved,
      refused,
    };
  });
  return { ...sum(hours), hours };
}

/** Rows that a segment's own row of the ledger counts as stored, and that were taken out as doubles since. */
async function doublesByHour(store: Store, params: Record<string, unknown>): Promise<Map<string, number>> {
  const sql = `
    SELECT toDateTime64(hour, 3, 'UTC') AS start, count() AS rows FROM doubles FINAL
    WHERE site = {site:String} AND hour >= {from:DateTime64(3, 'UTC')} AND hour < {to:DateTime64(3, 'UTC')}
    GROUP BY hour`;
  const found = await store.query<{ start: string; rows: number }>({ sql, params });
  return new Map(found.map(({ start, rows }) => [start, rows]));
}

/** The rows of one segment, for whatever site. */
export async function ledgerRowsOf(store: Store, segment: string): Promise<LedgerRow[]> {
  const sql = `
    SELECT site, toDateTime64(hour, 3, 'UTC') AS start, segment, stored, duplicates, refused, version
    FROM ledger FINAL WHERE segment = {segment:String}`;
  const rows = await store.query<Omit<LedgerRow, 'hour'> & { start: string }>({ sql, params: { segment } });
  return rows.map(({ start, ...row }) => ({ ...row, hour: start }));
}

/** Which of these segments the ledger knows, for whatever site: they were loaded to their end. */
export async function loadedSegments(store: Store, segments: readonly string[]): Promise<Set<string>> {
  if (segments.length === 0) return new Set();
  const sql = 'SELECT DISTINCT segment FROM ledger WHERE segment IN {segments:Array(String)}';
  const rows = await store.query<{ segment: string }>({ sql, params: { segments } });
  return new Set(rows.map(({ segment }) => segment));
}

function sum(hours: readonly Hour[]): Omit<SettledLedger, 'hours'> {
  const total = { received: 0, stored: 0, duplicates: 0, refused: {} as Record<string, number> };
  for (const hour of hours) {
    total.received += hour.received;
    total.stored += hour.stored;
    total.duplicates += hour.duplicates;
    for (const [reason, count] of Object.entries(hour.refused)) {
      total.refused[reason] = (total.refused[reason] ?? 0) + count;
    }
  }
  return total;
}

const received = (hour: Pick<Hour, 'stored' | 'duplicates' | 'refused'>) =>
  hour.stored + hour.duplicates + Object.values(hour.refused).reduce((total, count) => total + count, 0);
