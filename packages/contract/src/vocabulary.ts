/** The canonical event names, in the order of a shop's story. */
export const EVENT_NAMES = [
  'page_viewed',
  'search',
  'list_viewed',
  'product_clicked',
  'product_viewed',
  'wishlist_added',
  'cart_added',
  'cart_removed',
  'cart_viewed',
  'checkout_started',
  'checkout_step',
  'payment_entered',
  'order_completed',
  'order_refunded',
  'promotion_viewed',
  'promotion_clicked',
  'signup_started',
  'signup_completed',
  'login',
  'logout',
  'form_submitted',
  'form_abandoned',
  'email_opened',
  'email_clicked',
  'survey_answered',
  'review_submitted',
  'store_visit',
  'support_contact',
  'rage_click',
  'error_seen',
  'page_engaged',
] as const;

/** A name from the vocabulary. Custom events carry any other string. */
export type EventName = (typeof EVENT_NAMES)[number];

/** What the tag sees besides: custom events that the pages have words for. */
export const TAG_EVENT_NAMES = [
  'cart_refused',
  'form_started',
  'form_used',
  'link_clicked',
  'file_clicked',
  'page_slow',
] as const;
export type TagEventName = (typeof TAG_EVENT_NAMES)[number];

/**
 * Other specifications' names for the same events, compared in lower case with spaces, dots and
 * dashes read as underscores. Sources: Segment Ecommerce v2, GA4 recommended events,
 * Shopify customer events, WooCommerce.
 */
const ALIASES: Readonly<Record<string, EventName>> = {
  // Segment Ecommerce v2
  products_searched: 'search',
  product_list_viewed: 'list_viewed',
  product_list_filtered: 'list_viewed',
  product_added_to_wishlist: 'wishlist_added',
  wishlist_product_added_to_cart: 'cart_added',
  product_added: 'cart_added',
  product_removed: 'cart_removed',
  checkout_step_viewed: 'checkout_step',
  checkout_step_completed: 'checkout_step',
  payment_info_entered: 'payment_entered',
  order_placed: 'order_completed',
  order_paid: 'order_completed',
  signed_up: 'signup_completed',
  signed_in: 'login',
  signed_out: 'logout',
  product_reviewed: 'review_submitted',
  email_link_clicked: 'email_clicked',
  // GA4
  page_view: 'page_viewed',
  view_search_results: 'search',
  view_item_list: 'list_viewed',
  select_item: 'product_clicked',
  view_item: 'product_viewed',
  add_to_wishlist: 'wishlist_added',
  add_to_cart: 'cart_added',
  remove_from_cart: 'cart_removed',
  view_cart: 'cart_viewed',
  begin_checkout: 'checkout_started',
  add_shipping_info: 'checkout_step',
  add_payment_info: 'payment_entered',
  purchase: 'order_completed',
  refund: 'order_refunded',
  view_promotion: 'promotion_viewed',
  select_promotion: 'promotion_clicked',
  sign_up: 'signup_completed',
  form_submit: 'form_submitted',
  // Shopify customer events
  search_submitted: 'search',
  collection_viewed: 'list_viewed',
  product_added_to_cart: 'cart_added',
  product_removed_from_cart: 'cart_removed',
  checkout_completed: 'order_completed',
  payment_info_submitted: 'payment_entered',
  checkout_shipping_info_submitted: 'checkout_step',
  checkout_contact_info_submitted: 'checkout_step',
  checkout_address_info_submitted: 'checkout_step',
  // WooCommerce
  added_to_cart: 'cart_added',
  removed_from_cart: 'cart_removed',
  order_received: 'order_completed',
};

const CANONICAL: ReadonlySet<string> = new Set(EVENT_NAMES);

/** The canonical name for `name` if it is one or is an alias of one; otherwise `name` itself, trimmed. */
export function canonicalName(name: string): string {
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, '_');
  if (CANONICAL.has(key)) return key;
  return Object.hasOwn(ALIASES, key) ? ALIASES[key]! : name.trim();
}

/** The columns of a journey map, in order. */
export const STAGES = ['aware', 'explore', 'consider', 'cart', 'checkout', 'purchase', 'return'] as const;
export type Stage = (typeof STAGES)[number];

/**
 * Which stage an event stands in unless the site re-maps it. Events that are absent (login, errors,
 * page_engaged, …) belong to no stage: they are friction, satisfaction or context.
 */
export const DEFAULT_STAGES: Readonly<Partial<Record<EventName, Stage>>> = {
  promotion_viewed: 'aware',
  promotion_clicked: 'aware',
  email_opened: 'aware',
  email_clicked: 'aware',
  page_viewed: 'explore',
  search: 'explore',
  list_viewed: 'explore',
  store_visit: 'explore',
  product_clicked: 'consider',
  product_viewed: 'consider',
  wishlist_added: 'consider',
  signup_started: 'consider',
  signup_completed: 'consider',
  support_contact: 'consider',
  cart_added: 'cart',
  cart_removed: 'cart',
  cart_viewed: 'cart',
  checkout_started: 'checkout',
  checkout_step: 'checkout',
  payment_entered: 'checkout',
  order_completed: 'purchase',
  review_submitted: 'return',
  survey_answered: 'return',
  order_refunded: 'return',
};

/** Where a session came from: GA4's default channel groups plus email, sms, store and call. */
export const CHANNELS = [
  'direct',
  'organic_search',
  'paid_search',
  'organic_shopping',
  'paid_shopping',
  'organic_social',
  'paid_social',
  'organic_video',
  'paid_video',
  'display',
  'affiliates',
  'referral',
  'email',
  'sms',
  'push',
  'audio',
  'cross_network',
  'paid_other',
  'ai_assistant',
  'store',
  'call',
  'unassigned',
] as const;
export type Channel = (typeof CHANNELS)[number];
