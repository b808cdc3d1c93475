import { hashTraits } from './hash-traits.ts';
import type { Host } from './host.ts';
import type { Options } from './options.ts';
import type { Sink } from './sighting.ts';

/** Who uses this browser. */
export interface Identify {
  /** `user_id` may be empty when only an e-mail or phone is known. `proof` is the HMAC of `user_id`, hex. */
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

const text = (id: unknown) => (id === undefined || id === null || id === '' ? undefined : String(id));

export function identify(host: Host, options: Options, sink: Sink): Identify {
  const { crypto } = host.window;
  return {
    identify: (user_id, given, { proof } = {}) => {
      const traits: Record<string, unknown> | undefined = given && JSON.parse(JSON.stringify(given));
      // Done long before the idle moment in which the event is made; a page left at once sends them as they are,
      // and the collector hashes.
      if (traits && !options.plain) {
        hashTraits(traits, crypto?.subtle).catch((error) => host.warn('traits not hashed', error));
      }
      sink({ name: 'identify', reader: 'api', identity: { user_id: text(user_id), traits, proof } });
    },
    alias: (user_id, previous_id) =>
      sink({
        name: 'alias',
        reader: 'api',
        identity: { user_id: text(user_id), previous_id: text(previous_id) },
      }),
    reset: () => sink({ name: 'logout', reader: 'api', last: true }),
  };
}
