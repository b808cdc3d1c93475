import type { Endpoint, Supervisor } from './engine/engine.ts';
import { EngineError } from './engine/process.ts';
import { StoreError } from './store.ts';

/** What the client talks to: the embedded engine, whose address changes when it restarts, or a server. */
export interface Source {
  readonly kind: 'embedded' | 'server';
  /** Waits for an engine that restarts, `wait_ms` at most. Rejects with `StoreError`. */
  endpoint(wait_ms?: number): Promise<Endpoint>;
  /** After `failed` broke off: the endpoint to try again, which may be the same. */
  endpointAfter(failed: Endpoint): Promise<Endpoint>;
  close(): Promise<void>;
}

export const serverSource = (endpoint: Endpoint): Source => ({
  kind: 'server',
  endpoint: async () => endpoint,
  endpointAfter: async () => endpoint,
  close: async () => {},
});

/** A statement waits so long for an engine that restarts, then fails as not carried out. */
const ENGINE_WAIT_MS_MAX = 15_000;

export const engineSource = (engine: Supervisor): Source => ({
  kind: 'embedded',
  endpoint: (wait_ms) => within(engine.endpoint(), wait_ms),
  endpointAfter: (failed) => within(engine.endpointAfter(failed)),
  close: () => engine.stop(),
});

async function within(endpoint: Promise<Endpoint>, wait_ms = ENGINE_WAIT_MS_MAX): Promise<Endpoint> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `The embedded engine has been restarting for more than ${wait_ms / 1000} s.`;
      reject(new StoreError(message, { ambiguous: false }));
    }, wait_ms);
  });
  try {
    return await Promise.race([endpoint, late]);
  } catch (error) {
    if (error instanceof EngineError) throw new StoreError(error.message, { ambiguous: false });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
