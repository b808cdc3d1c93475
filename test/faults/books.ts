import { setTimeout as delay } from 'node:timers/promises';
import type { LedgerView } from '@throughline/contract';
import type { Finding } from './battery.ts';
import { ADMIN_TOKEN } from './server.ts';

const POLL_MS = 50;
const authorization = `Bearer ${ADMIN_TOKEN}`;

interface Place {
  url: string;
  site: string;
}

export async function ledgerOf({ url, site }: Place): Promise<LedgerView> {
  const answer = await fetch(`${url}/api/sites/${site}/ledger`, { headers: { authorization } });
  if (!answer.ok) throw new Error(`The ledger answers ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as LedgerView;
}

/** The ledger once nothing waits any more. The test's own time-out bounds it. */
export async function settledLedger(place: Place): Promise<LedgerView> {
  for (;;) {
    const ledger = await ledgerOf(place);
    if (ledger.waiting === 0) return ledger;
    await delay(POLL_MS);
  }
}

/** How often each event id stands in the export. */
export async function exported({ url, site }: Place): Promise<Map<string, number>> {
  const answer = await fetch(`${url}/api/sites/${site}/export`, { headers: { authorization } });
  if (!answer.ok || !answer.body) throw new Error(`The export answers ${answer.status}`);
  const counts = new Map<string, number>();
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of answer.body) {
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const { event_id } = JSON.parse(line) as { event_id: string };
      counts.set(event_id, (counts.get(event_id) ?? 0) + 1);
    }
  }
  if (rest !== '') throw new Error('The export broke off.');
  return counts;
}

/** Enters into the finding what of the acknowledged is missing and what is there twice. */
export function compare(
  finding: Finding,
  acknowledged: Iterable<string>,
  stored: ReadonlyMap<string, number>,
): void {
  for (const id of acknowledged) {
    finding.acknowledged += 1;
    if (!stored.has(id)) finding.lost += 1;
  }
  for (const count of stored.values()) if (count > 1) finding.doubled += 1;
}

/** Events that the ledger's own equation leaves over; 0 when it adds up. */
export function unaccounted({ received, stored, duplicates, refused, waiting }: LedgerView): number {
  return received - stored - duplicates - waiting - Object.values(refused).reduce((a, b) => a + b, 0);
}
