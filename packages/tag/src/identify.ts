import type { Sink } from './sighting.ts';

/** Who uses this browser. */
export interface Identify {
  /**
   * Names the customer. `user_id` may be empty when only an e-mail or phone is known (in `traits`); the collector
   * normalises and hashes these before it stores anything. `proof` is the HMAC-SHA256 of `user_id`, hex.
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
}

const text = (id: unknown) => (id || id === 0 ? String(id) : undefined);

export function identify(sink: Sink): Identify {
  const reader = 'api';
  return {
    identify: (id, traits, { proof } = {}) => {
      const user_id = text(id);
      if (!user_id && !traits) throw new TypeError('nobody to identify');
      sink({ name: 'identify', reader, identity: { user_id, traits: traits || undefined, proof } });
    },
    alias: (user_id, previous_id) =>
      sink({ name: 'alias', reader, identity: { user_id: text(user_id), previous_id: text(previous_id) } }),
    reset: () => sink({ name: 'logout', reader, last: true }),
  };
}
