import type { EventName, TagEventName } from '@throughline/contract';
import type { IconName } from './icons.ts';

const ICON_OF: Record<EventName | TagEventName | 'identify' | 'alias' | 'group', IconName> = {
  identify: 'user',
  alias: 'link',
  group: 'people',
  page_viewed: 'page',
  search: 'search',
  list_viewed: 'list',
  product_clicked: 'product',
  product_viewed: 'product',
  wishlist_added: 'heart',
  cart_added: 'cart',
  cart_removed: 'cart',
  cart_viewed: 'cart',
  checkout_started: 'card',
  checkout_step: 'card',
  payment_entered: 'card',
  order_completed: 'order',
  order_refunded: 'back',
  promotion_viewed: 'tag',
  promotion_clicked: 'tag',
  signup_started: 'user',
  signup_completed: 'user',
  login: 'key',
  logout: 'leave',
  form_submitted: 'form',
  form_abandoned: 'form',
  email_opened: 'mail',
  email_clicked: 'mail',
  survey_answered: 'star',
  review_submitted: 'star',
  store_visit: 'store',
  support_contact: 'chat',
  rage_click: 'bolt',
  error_seen: 'warning',
  page_engaged: 'page',
  cart_refused: 'cart',
  form_started: 'form',
  form_used: 'form',
  link_clicked: 'link',
  file_clicked: 'download',
  page_slow: 'warning',
};

/** Custom events get a dot. */
export function eventIcon(name: string): IconName {
  return Object.hasOwn(ICON_OF, name) ? ICON_OF[name as EventName] : 'dot';
}
