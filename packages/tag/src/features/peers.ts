import { commands } from '../commands.ts';
import { guarded, onUndo, patch } from '../listen.ts';
import type { Feature } from '../sighting.ts';
import { use } from '../used.ts';
import { later } from './later.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals.
type Globals = Record<string, any>;

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
export const peers: Feature = (see) =>
  later(() => {
    const { analytics = {}, Shopify = {}, jQuery } = window as Globals;
    if (jQuery) {
      // Scripts with jQuery add by XMLHttpRequest, and not only when somebody has touched this page: in a frame of it, say.
      use();
      join(jQuery(document.body), 'added_to_cart', (...[, , , button = [{}] as Globals]: Globals[]) =>
        see('woocommerce', 'cart_added', button[0].dataset),
      );
    }
    if (Shopify.analytics)
      patch(
        Shopify.analytics,
        'publish',
        ([name, data]) => name !== 'page_viewed' && see('shopify', name, data),
      );
    if (analytics.on) {
      join(analytics, 'track', (name: string, properties: Globals) => see('segment', name, properties));
      join(analytics, 'identify', (id: string, traits: Globals) => commands.identify(id, traits));
    }
  });
