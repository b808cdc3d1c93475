import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerView } from '@throughline/contract';
import type { AdminApi } from './admin-api.ts';

const POLL_MS = 200;

/** Waits until nothing of the site is waiting in the spool any more, and gives its ledger. */
export async function settled(api: AdminApi, site: string): Promise<LedgerView> {
  for (;;) {
    const ledger = await api<LedgerView>('GET', `/api/sites/${encodeURIComponent(site)}/ledger`);
    if (ledger.waiting === 0) return ledger;
    await delay(POLL_MS);
  }
}
