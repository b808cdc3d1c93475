import { BUILT_IN_PROPERTIES, type BuiltInProperty, LIMITS } from '@throughline/contract';

/** Where a property's value lies. `column` comes from the list below; a caller's `key` is only ever bound. */
export type Property =
  | { kind: 'text'; column: string }
  | { kind: 'money'; column: string }
  /** One value a product of the event; the property is each of them. */
  | { kind: 'products'; column: string }
  | { kind: 'custom'; key: string }
  | { kind: 'trait'; key: string };

const text = (column: string): Property => ({ kind: 'text', column });
const money = (column: string): Property => ({ kind: 'money', column });
const products = (column: string): Property => ({ kind: 'products', column });

const BUILT_IN: Readonly<Record<BuiltInProperty, Property>> = {
  path: text('path'),
  url: text('url'),
  host: text('host'),
  title: text('title'),
  referrer: text('referrer'),
  referrer_host: text('referrer_host'),
  channel: text('channel'),
  source: text('utm_source'),
  medium: text('utm_medium'),
  campaign: text('utm_campaign'),
  term: text('utm_term'),
  content: text('utm_content'),
  device: text('device'),
  browser: text('browser'),
  os: text('os'),
  country: text('country'),
  product_id: products('products.product_id'),
  product_name: products('products.name'),
  sku: products('products.sku'),
  brand: products('products.brand'),
  category: products('products.category'),
  order_id: text('order_id'),
  cart_token: text('cart_token'),
  currency: text('currency'),
  total: money('total'),
  subtotal: money('subtotal'),
  discount: money('discount'),
  tax: money('tax'),
  shipping: money('shipping'),
  reader: text('reader'),
};

const BUILT_IN_NAMES: ReadonlySet<string> = new Set(BUILT_IN_PROPERTIES);

/** Undefined for a name that is neither built in nor `properties.<name>` or `traits.<name>`. */
export function propertyOf(name: string): Property | undefined {
  if (BUILT_IN_NAMES.has(name)) return BUILT_IN[name as BuiltInProperty];
  const [, scope, key] = /^(properties|traits)\.(.+)$/s.exec(name) ?? [];
  if (key === undefined || key.length > LIMITS.key_chars_max) return undefined;
  return scope === 'traits' ? { kind: 'trait', key } : { kind: 'custom', key };
}

/** The column of `events` that the property is read from; '' for a trait. */
export function columnOf(property: Property): string {
  if (property.kind === 'trait') return '';
  return property.kind === 'custom' ? 'properties' : property.column;
}
