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
export type SettledLedger = Omit<LedgerView, 'waiting'>;

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
  const hours = rows.map(({ start, ...counts }) => ({ hour: start, received: received(counts), ...counts }));
  return { ...sum(hours), hours };
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
