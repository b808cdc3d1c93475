import type { Log } from './log.ts';
import type { Source } from './source.ts';
import { StoreError } from './store.ts';

export interface OnceReadyOptions {
  log: Log;
  /** The first attempt is waited for this long. */
  first_ms_max?: number;
  /** Between the end of an attempt and the next one. */
  retry_ms?: number;
}

const FIRST_MS_MAX = 5_000;
const RETRY_MS = 1_000;

/**
 * A source that may be used before it is of use: until `makeReady` has succeeded, statements fail as not carried out,
 * with the sentence that says why. Resolves after the first attempt, or when that takes too long; the next ones follow
 * by themselves. Rejects when the first attempt shows that trying again would change nothing.
 */
export async function onceReady(
  source: Source,
  makeReady: () => Promise<void>,
  { log, first_ms_max = FIRST_MS_MAX, retry_ms = RETRY_MS }: OnceReadyOptions,
): Promise<Source> {
  let fault: unknown = new StoreError('ClickHouse has not answered yet.', { ambiguous: false });
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const attempt = () =>
    makeReady().then(
      () => {
        fault = undefined;
      },
      (error: unknown) => {
        fault = error;
      },
    );
  const rest = () =>
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, retry_ms).unref();
    });

  async function goOn(): Promise<void> {
    for (let told = ''; fault !== undefined && !closed; await attempt()) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      if (reason !== told)
        log.warn(`Events wait on the disk, and ClickHouse is tried each second: ${reason}`);
      told = reason;
      await rest();
    }
    if (!closed) log.info('ClickHouse answers now.');
  }

  const first = attempt();
  await Promise.race([first, passed(first_ms_max)]);
  if (isLasting(fault)) throw fault;
  if (fault !== undefined) void first.then(goOn);

  const onlyReady = <T>(next: () => Promise<T>): Promise<T> =>
    fault === undefined ? next() : Promise.reject(fault);
  return {
    kind: source.kind,
    endpoint: (wait_ms) => onlyReady(() => source.endpoint(wait_ms)),
    endpointAfter: (failed) => onlyReady(() => source.endpointAfter(failed)),
    close() {
      closed = true;
      clearTimeout(timer);
      return source.close();
    },
  };
}

const isLasting = (fault: unknown): boolean =>
  fault instanceof StoreError ? fault.lasting : fault !== undefined;

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
