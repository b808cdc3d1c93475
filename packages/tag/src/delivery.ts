import type { WireBatch } from '@throughline/contract';
import type { Host } from './host.ts';
import { BATCH_CHARS_MAX, type Outbox } from './outbox.ts';
import type { Undo } from './sighting.ts';

const PAUSE_MS_MIN = 1_000;
const PAUSE_MS_MAX = 5 * 60 * 1000;

export interface Delivery {
  /** Sends what is in the outbox, batch after batch. Does nothing while a request or a pause is going on. */
  send(): void;
  /** The page is going away: hands everything to the browser, which sends it without us. Nothing while a pause is on. */
  beacon(): void;
  stop: Undo;
}

/**
 * Network errors, 429 and 5xx are tried again: after `Retry-After` (a collector on another host has to expose
 * it), else after a pause that doubles up to five minutes, each between half and one and a half of it so that
 * browsers do not come back in step. Any other refusal is final. Event ids make a repeat harmless.
 */
export function createDelivery(
  { window, now, chance, warn }: Host,
  outbox: Outbox,
  endpoint: string,
): Delivery {
  let sending: WireBatch | undefined;
  let timer = 0;
  let failures = 0;
  /** The last request was accepted, so a beacon, whose answer nobody sees, will be too. */
  let healthy = false;
  let stopped = false;

  const send = () => {
    if (sending || timer || stopped) return;
    const [batch] = outbox.seal();
    if (!batch) return;
    sending = batch;
    const body = text(batch);
    window
      .fetch(endpoint, {
        method: 'POST',
        body,
        keepalive: body.length < BATCH_CHARS_MAX + 99, // A new `sent_at` is a little longer.
        credentials: 'omit',
      })
      .then(
        ({ ok, status, headers }) => {
          if (ok || (status < 500 && status !== 429)) {
            if (!ok) warn(`batch refused: ${status}`);
            settled(batch);
          } else retry(Number(headers.get('retry-after')) * 1000);
          healthy = ok;
        },
        () => {
          healthy = false;
          retry(0);
        },
      );
  };

  const text = (batch: WireBatch) => JSON.stringify({ ...batch, sent_at: now() });

  const settled = (batch: WireBatch) => {
    failures = 0;
    sending = undefined;
    outbox.remove(batch);
    outbox.save();
    send();
  };

  const retry = (asked_ms: number) => {
    sending = undefined;
    if (stopped) return;
    const pause_ms = Math.min(PAUSE_MS_MIN * 2 ** failures++, PAUSE_MS_MAX) * (0.5 + chance());
    timer = window.setTimeout(
      () => {
        timer = 0;
        outbox.save(); // Also says that this page is alive.
        send();
      },
      Math.min(Math.max(pause_ms, asked_ms || 0), PAUSE_MS_MAX),
    );
  };

  return {
    send,
    beacon: () => {
      if (timer || stopped) return;
      for (const batch of outbox.seal()) {
        const gone = batch === sending || window.navigator.sendBeacon(endpoint, text(batch));
        if (!gone) break;
        // Otherwise kept, and sent again by the next page.
        if (healthy) outbox.remove(batch);
      }
    },
    stop: () => {
      stopped = true;
      window.clearTimeout(timer);
    },
  };
}
