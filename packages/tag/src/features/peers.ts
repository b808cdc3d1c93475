import { commands } from '../commands.ts';
import { patch } from '../listen.ts';
import type { Feature } from '../sighting.ts';
import { later } from './later.ts';

// biome-ignore lint/suspicious/noExplicitAny: other people's globals.
type Globals = Record<string, any>;

/**
 * Listens to what the shop tells other tools: Segment's `analytics.track`, Shopify's customer events on the
 * storefront, and WooCommerce's `added_to_cart`.
 */
export const peers: Feature = (see) =>
  later(() => {
    const { analytics = {}, Shopify = {}, jQuery } = window as Globals;
    if (analytics.on) {
      analytics.on('track', (name: string, properties: Globals) => see('segment', name, properties));
      analytics.on('identify', commands.identify);
    }
    if (Shopify.analytics)
      patch(
        Shopify.analytics,
        'publish',
        ([name, data]) => name !== 'page_viewed' && see('shopify', name, data),
      );
    if (jQuery)
      jQuery(document.body).on('added_to_cart', (...[, , , button]: Globals[]) => {
        see('woocommerce', 'cart_added', button!['data']());
      });
  });
