import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

/**
 * Records clicks on elements, and submits of forms, that say what they mean:
 * `<button data-tl-event="cart_added" data-tl-product-id="42">`.
 */
export const attributes: Feature = (see) =>
  on(document, 'click submit', ({ type, target }) => {
    const element = (target as Element).closest('[data-tl-event]');
    // Only forms have an action.
    if (element && !(element as HTMLFormElement).action === (type === 'click')) {
      const properties: Record<string, string> = {};
      for (const { name, value } of element.attributes) {
        const [, key] = name.split('data-tl-');
        if (key) properties[key] = value;
      }
      // The collector writes `product-id` as `product_id`, and has no use for the `event` among them.
      see('attribute', properties['event']!, properties);
    }
  });
