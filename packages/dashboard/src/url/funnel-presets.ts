import { EMPTY_FUNNEL, type FunnelDraft } from './funnel.ts';

const of = (...events: string[]): FunnelDraft => ({
  ...EMPTY_FUNNEL,
  steps: events.map((event) => ({ matches: [{ event }], optional: false })),
});

/** Ready-made funnels that fit any shop. */
export const FUNNEL_PRESETS = {
  preset_shop: of('product_viewed', 'cart_added', 'checkout_started', 'order_completed'),
  preset_signup: of('page_viewed', 'signup_started', 'signup_completed'),
  preset_return: of('order_completed', 'product_viewed', 'order_completed'),
} as const;
