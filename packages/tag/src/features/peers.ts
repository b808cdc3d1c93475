import { commands } from '../commands.ts';
import { idle } from '../idle.ts';
import { guarded, onUndo, patch } from '../listen.ts';
import type { Feature } from '../sighting.ts';
import { use } from '../used.ts';
import { type Globals, whenThere } from './globals.ts';

/** Their own way to listen, which must not hear our faults, and to stop. */
const join = (emitter: Globals, type: string, listener: (...told: never[]) => void): void => {
  const safe = guarded(listener);
  emitter['on'](type, safe);
  onUndo(() => emitter['off'](type, safe));
};

/**
 * Listens to what the shop tells other tools: Segment's `analytics.track`, Shopify's customer events on the
 * storefront, and WooCommerce's `added_to_cart`.
 */
export const peers: Feature = (see) => {
  whenThere('jQuery', (jQuery) => {
    join(
      jQuery(document.body),
      'added_to_cart',
      (_event: never, _fragments: never, _hash: never, button: Globals = [{}]) =>
        see('jQuery', 'cart_added', button[0].dataset),
    );
    // Scripts with jQuery add by XMLHttpRequest, and not only when somebody has touched this page: in a frame of it, say.
    idle(use);
  });
  // Not before the page has been loaded: its library puts its own in the place of what its snippet queues with.
  whenThere(
    'Shopify',
    ({ analytics }) =>
      patch(analytics, 'publish', ([name, data]) => name !== 'page_viewed' && see('Shopify', name, data)),
    true,
  );
  whenThere('analytics', (analytics) => {
    join(analytics, 'track', (name: string, properties: Globals) => see('analytics', name, properties));
    join(analytics, 'identify', commands.identify as never);
  });
};
