import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '@throughline/contract';
import type { Fetch } from '../listen.ts';
import { PlainError } from '../plain-error.ts';
import type { Batch } from './batches.ts';
import type { ImportReport } from './report.ts';

const ATTEMPTS_MAX = 20;
const RETRY_S_MAX = 30;

export interface Sender {
  fetch: Fetch;
  base: string;
  write_key: string;
  report: ImportReport;
  /** Waits between tries. Default: the real clock. */
  pause?(ms: number): Promise<unknown>;
}

interface Answer {
  refused?: { index: number; reason: string }[];
  error?: Problem;
}

/** Sends a batch until it is taken; the same ids are sent again, so a repeat counts nothing twice. */
export async function send(batch: Batch, sender: Sender): Promise<void> {
  const { report, pause = delay } = sender;
  for (let attempt = 1; ; attempt += 1) {
    const response = await post(batch.body, sender);
    const answer = (await response?.json().catch(() => ({}))) as Answer | undefined;
    if (response?.ok) return settle(batch, answer?.refused ?? [], report);
    // Nothing of the batch was taken, and each call has its own reason: told as such, not as a failure.
    if (response?.status === 400 && answer?.refused?.length === batch.items.length)
      return settle(batch, answer.refused, report);
    const passing = response === undefined || response.status === 429 || response.status >= 500;
    if (!passing && batch.items.length === 1)
      return settle(batch, [{ index: 0, reason: answer?.error?.code ?? 'refused' }], report);
    if (!passing || attempt === ATTEMPTS_MAX)
      throw new PlainError(
        `The import stopped at line ${batch.items[0]!.line}: ${answer?.error?.message ?? 'the server does not answer.'} Run it again; nothing is counted twice.`,
      );
    await pause(1000 * Math.min(RETRY_S_MAX, Number(response?.headers.get('retry-after')) || attempt));
  }
}

async function post(body: string, to: Sender): Promise<Response | undefined> {
  try {
    return await to.fetch(
      new Request(new URL('/v1/import', to.base), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${to.write_key}` },
        body,
      }),
    );
  } catch {
    // The connection broke: tried again, and after ATTEMPTS_MAX the caller says so.
    return undefined;
  }
}

function settle(batch: Batch, refused: { index: number; reason: string }[], report: ImportReport): void {
  for (const { index, reason } of refused) report.refuse(batch.items[index]!.line, reason);
  report.accepted += batch.items.length - refused.length;
}
