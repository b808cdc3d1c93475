import { on } from '../listen.ts';
import type { Feature } from '../sighting.ts';

/**
 * Records clicks on elements, and submits of forms, that say what they mean:
 * `<button data-tl-event="cart_added" data-tl-product-id="42">`.
 */
export const attributes: Feature = (see) =>
  on(document, 'click submit', ({ type, target }) => {
    const { action, dataset } = (target as Element).closest<HTMLFormElement>('[data-tl-event]')!;
    const properties: Record<string, string> = {};
    // The collector writes `tlProductId` as `product_id`, and has no use for the `event` among them.
    for (const key in dataset) if (/^tl/.test(key)) properties[key] = dataset[key]!;
    // Only forms have an action.
    if (!action === (type === 'click')) see('attribute', dataset['tlEvent']!, properties);
  });
