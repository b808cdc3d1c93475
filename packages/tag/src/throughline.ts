import type { Choice } from './recording.ts';

/** The commands of the tag. None of them throws, and each costs the page next to nothing. */
export interface Throughline {
  /** Records an event: a name of the vocabulary or one of the shop's own. Properties are copied as JSON. */
  track(name: string, properties?: Record<string, unknown>): void;
  /** Records a view of the page shown now, for `pages: 'manual'` and for what has no address. */
  page(properties?: Record<string, unknown>): void;
  /**
   * Names the customer. `user_id` may be empty when only an e-mail or phone is known (in `traits`). `proof` is the
   * HMAC-SHA256 of `user_id`, hex.
   */
  identify(
    user_id: string | number | undefined,
    traits?: Record<string, unknown>,
    signed?: { proof?: string },
  ): void;
  /** `previous_id` and `user_id` name one customer. */
  alias(user_id: string | number, previous_id: string | number): void;
  /** Somebody logged out: a new visitor begins. */
  reset(): void;
  /** What the visitor chose; kept until they choose otherwise. `denied` removes what was stored. Without a choice what counts is found anew. */
  consent(choice?: Choice): void;
  /** Hands over the visitor's id, so that the shop's server can name the visitor in its own calls. Never called where nothing may be kept. */
  visitor(callback: (visitor_id: string) => void): void;
  /** Takes everything back. What was not sent waits in storage for the next start. */
  stop(): void;
}
