import type { Incoming } from '../steps/incoming.ts';
import { type Fields, own } from '../steps/text.ts';
import { firstOf, id, inner, listOf, orderVisitor, sumOf, told } from './delivered.ts';
import type { Reader } from './platform.ts';

const TOPICS = new Set(['order.created', 'order.updated']);
/** Placed: paid, to be paid on delivery, or waiting for a bank transfer. `pending` is a checkout that may yet be left. */
const PLACED = new Set(['processing', 'completed', 'on-hold']);

/**
 * An order as WooCommerce's REST API writes it (https://woocommerce.github.io/woocommerce-rest-api-docs/#orders). There
 * is no topic for refunds: they stand in the order, and one delivery may tell of several.
 */
export const wooCommerceEvents: Reader = ({ platform, topic, payload }) => {
  if (!TOPICS.has(topic)) return [];
  const status = id(own(payload, 'status'));
  const order = base(platform, payload);
  const events: Incoming[] = [];
  if (order.wrong !== undefined || PLACED.has(status)) {
    const key = id(own(payload, 'id'));
    events.push({ ...order, event_id: `${platform}:${topic}:${key}:${status}` });
  }
  if (order.wrong === undefined) events.push(...refunds(order, payload, status));
  return events;
};

function base(platform: string, payload: Fields): Incoming & { properties: Fields } {
  const key = id(own(payload, 'id'));
  const lines = listOf(payload, 'line_items');
  const billing = inner(payload, 'billing');
  const customer = id(own(payload, 'customer_id'));
  return {
    source: 'webhook',
    reader: platform,
    wrong: key === '' ? 'id' : lines ? undefined : 'line_items',
    event_id: '',
    visitor_id: orderVisitor(platform, key),
    // 0: bought as a guest.
    user_id: customer === '' || customer === '0' ? undefined : customer,
    name: 'order_completed',
    at: firstOf(own(payload, 'date_created_gmt'), own(payload, 'date_created')),
    seq: 0,
    traits: told({ email: own(billing, 'email'), phone: own(billing, 'phone') }),
    properties: told({
      // Plug-ins that number orders themselves show their number to the browser's purchase event.
      order_id: firstOf(own(payload, 'number'), key),
      currency: own(payload, 'currency'),
      total: own(payload, 'total'),
      subtotal: lines && sumOf(lines.map((line) => own(line, 'subtotal'))),
      discount: own(payload, 'discount_total'),
      tax: own(payload, 'total_tax'),
      shipping: own(payload, 'shipping_total'),
      products: lines?.map(product),
      coupon: (listOf(payload, 'coupon_lines') ?? []).map((line) => id(own(line, 'code'))).join(', '),
      status: own(payload, 'status'),
      payment_method: own(payload, 'payment_method'),
    }),
    user_agent: own(payload, 'customer_user_agent'),
    address: own(payload, 'customer_ip_address'),
  };
}

const product = (line: Fields): Fields => ({
  product_id: own(line, 'product_id'),
  variant_id: own(line, 'variation_id') === 0 ? undefined : own(line, 'variation_id'),
  sku: own(line, 'sku'),
  name: own(line, 'name'),
  price: own(line, 'price'),
  quantity: own(line, 'quantity'),
});

function refunds(order: Incoming & { properties: Fields }, payload: Fields, status: string): Incoming[] {
  const { order_id, currency } = order.properties;
  const made = listOf(payload, 'refunds') ?? [];
  const whole =
    made.length === 0 && status === 'refunded'
      ? [{ id: `order ${id(own(payload, 'id'))}`, total: own(payload, 'total') }]
      : [];
  return [...made, ...whole].map((refund) => ({
    ...order,
    event_id: `${order.reader}:refund:${id(own(refund, 'id'))}`,
    name: 'order_refunded',
    at: firstOf(own(payload, 'date_modified_gmt'), own(payload, 'date_modified')),
    properties: told({
      order_id,
      currency,
      refund_id: own(refund, 'id'),
      // Written as a negative amount.
      total: Math.abs(Number(own(refund, 'total')) || 0),
    }),
  }));
}
