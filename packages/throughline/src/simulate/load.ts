import { setTimeout as delay } from 'node:timers/promises';
import type { Call } from './call.ts';

export interface LoadOptions {
  /** Base address of the collector, `http://127.0.0.1:8787`. */
  base: string;
  write_key: string;
  /** Calls a request; the intake takes at most `LIMITS.batch_events_max`. */
  batch?: number;
  /** Requests under way at once. */
  concurrency?: number;
  onProgress?: (sent: number) => void;
  /** Default: the global one. */
  fetch?: (request: Request) => Response | Promise<Response>;
  /** Waits between tries, milliseconds. Default: the real clock. */
  pause?: (ms: number) => Promise<unknown>;
}

export interface LoadReport {
  sent: number;
  /** How often the collector asked to be tried again. */
  retries: number;
  /** Calls that the collector took no notice of, by its reason. */
  refused: Record<string, number>;
}

/** A collector that pushes back longer than this many tries in a row has a problem that waiting does not solve. */
const TRIES_MAX = 60;
const PAUSE_MS_MAX = 5_000;
/** Stays well under `LIMITS.body_bytes_max`, order lists and Vietnamese letters included. */
const BATCH_CALLS = 200;

/**
 * Posts the calls to `/v1/batch` in their order of time, a few requests at once. A 429 or 503 is tried again after the
 * wait it asks for; the messageIds make a repeat count once. Throws on any other refusal.
 */
export async function load(calls: Iterable<Call>, options: LoadOptions): Promise<LoadReport> {
  const report: LoadReport = { sent: 0, retries: 0, refused: {} };
  const batches = inBatches(calls, options.batch ?? BATCH_CALLS);
  const worker = async () => {
    for (const batch of batches) {
      await post(batch, options, report);
      report.sent += batch.length;
      options.onProgress?.(report.sent);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 4 }, worker));
  return report;
}

/** One shared generator feeds all workers: each takes the next batch when it is done with its last. */
function* inBatches(calls: Iterable<Call>, size: number): Generator<Call[]> {
  let batch: Call[] = [];
  for (const call of calls) {
    batch.push(call);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function post(batch: Call[], options: LoadOptions, report: LoadReport): Promise<void> {
  const body = JSON.stringify({ batch });
  const send = options.fetch ?? fetch;
  const pause = options.pause ?? delay;
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const response = await send(
      new Request(new URL('/v1/batch', options.base), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${options.write_key}:`).toString('base64')}`,
        },
        body,
      }),
    );
    const answer = await response.text();
    if (response.ok) {
      for (const { reason } of refusedIn(answer)) report.refused[reason] = (report.refused[reason] ?? 0) + 1;
      return;
    }
    if (response.status !== 429 && response.status !== 503) {
      throw new Error(
        `The collector refused a batch of ${batch.length} simulated calls: ${response.status} ${answer}`,
      );
    }
    report.retries += 1;
    const asked = 1_000 * Number(response.headers.get('retry-after') ?? Number.NaN);
    await pause(Math.min(PAUSE_MS_MAX, Number.isNaN(asked) ? 100 * tries : asked));
  }
  throw new Error(
    `The collector asked ${TRIES_MAX} times in a row to send a simulated batch later. Look at its log.`,
  );
}

/** The collector answers 2xx when it took some of a batch, and names the rest. */
function refusedIn(answer: string): { reason: string }[] {
  const { refused } = JSON.parse(answer) as { refused?: { reason: string }[] };
  return refused ?? [];
}
