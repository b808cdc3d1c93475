import { amountIn } from './price-text.ts';
import { type Fields, fieldsOf, numberOf, own } from './text.ts';

export interface Money {
  currency: string;
  total: number | null;
  subtotal: number | null;
  discount: number | null;
  tax: number | null;
  shipping: number | null;
}

/** Decimal(18, 4) has 14 digits before the point; and a double of that size keeps them exact. */
const AMOUNT_MAX = 99_999_999_999_999;

/** Also Shopify's `{amount}` and `{shop_money: {amount}}`. */
function anyAmount(value: unknown, currency: string): number | undefined {
  const fields = fieldsOf(value);
  const money = fields && fieldsOf(own(fields, 'shop_money'));
  const amount = fields ? own(money ?? fields, 'amount') : value;
  return typeof amount === 'string' ? amountIn(amount, currency) : numberOf(amount);
}

/**
 * An amount that Decimal(18, 4) holds, rounded to four places; undefined for none. Reads Shopify's `{amount}` too, and texts as they stand
 * on a page in this `currency`.
 */
export function amountOf(value: unknown, currency: string): number | undefined {
  const number = anyAmount(value, currency);
  if (number === undefined || Math.abs(number) > AMOUNT_MAX) return undefined;
  return Math.round(number * 10_000) / 10_000;
}

/** Whether it is an amount, but one that its column does not hold. */
export function tooMuch(value: unknown, currency: string): boolean {
  if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return true;
  return Math.abs(anyAmount(value, currency) ?? 0) > AMOUNT_MAX;
}

/** Property names that carry each amount, by Segment, GA4, Shopify and WooCommerce. The first one found counts. */
const NAMES = {
  total: ['total', 'total_price', 'totalPrice'],
  subtotal: ['subtotal', 'subtotal_price', 'subtotalPrice'],
  discount: ['discount', 'total_discounts', 'discount_total', 'discountsAmount'],
  tax: ['tax', 'total_tax', 'totalTax', 'cart_tax'],
  shipping: ['shipping', 'shipping_total', 'shippingLine', 'total_shipping_price_set', 'shipping_cost'],
  revenue: ['revenue'],
  value: ['value'],
} as const;
const CURRENCY = ['currency', 'currencyCode', 'currency_code'];

export const AMOUNT_KEYS: readonly string[] = Object.values(NAMES).flat();

/** Top-level properties that become money columns and so leave `properties`. */
export const MONEY_KEYS: readonly string[] = [...AMOUNT_KEYS, ...CURRENCY];

function amount(places: readonly Fields[], names: readonly string[], currency: string): number | undefined {
  for (const fields of places) {
    for (const name of names) {
      const found = amountOf(own(fields, name), currency);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The currency that `places` name, in capitals; undefined when they name none. */
export function currencyOf(places: readonly Fields[]): string | undefined {
  for (const fields of places) {
    for (const name of CURRENCY) {
      const value = own(fields, name);
      if (typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)) return value.toUpperCase();
    }
  }
  return undefined;
}

const near = (a: number, b: number) => Math.abs(a - b) <= 0.01 + Math.abs(b) * 1e-9;
const round = (number: number) => Math.round(number * 10_000) / 10_000;

/**
 * The money of an event from `places` (its properties, then `ecommerce`, `checkout`), `goods` being the sum of its
 * products' prices. `total` is what the customer pays. Segment's `revenue` excludes tax and shipping. `value` is
 * GA4's: by its specification without tax and shipping, in WooCommerce with them; the goods' sum tells which. All are in `currency`, which
 * the event has `named`, or which is the site's: that is no currency of an event without money.
 */
export function moneyOf(
  places: readonly Fields[],
  goods: number,
  { named, currency }: { named: boolean; currency: string },
): Money {
  const amountAt = (names: readonly string[]) => amount(places, names, currency);
  const tax = amountAt(NAMES.tax);
  const shipping = amountAt(NAMES.shipping);
  const discount = amountAt(NAMES.discount);
  const revenue = amountAt(NAMES.revenue);
  const value = amountAt(NAMES.value);
  const extra = (tax ?? 0) + (shipping ?? 0);
  let total = amountAt(NAMES.total);
  if (total === undefined && revenue !== undefined) total = round(revenue + extra);
  if (total === undefined && value !== undefined) {
    const bare = goods - Math.abs(discount ?? 0);
    const excluded = extra !== 0 && goods > 0 && (near(value, goods) || near(value, bare));
    total = excluded ? round(value + extra) : value;
  }
  const subtotal =
    amountAt(NAMES.subtotal) ??
    (revenue === undefined ? undefined : round(revenue + Math.abs(discount ?? 0)));
  const has = total !== undefined || subtotal !== undefined || goods > 0;
  return {
    currency: named || has ? currency : '',
    total: total ?? null,
    subtotal: subtotal ?? null,
    discount: discount === undefined ? null : Math.abs(discount),
    tax: tax ?? null,
    shipping: shipping ?? null,
  };
}
