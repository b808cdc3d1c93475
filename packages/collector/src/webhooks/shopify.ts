import type { Incoming } from '../steps/incoming.ts';
import { type Fields, own } from '../steps/text.ts';
import { firstOf, id, inner, listOf, orderVisitor, sumOf, told } from './delivered.ts';
import type { Reader } from './platform.ts';

const ORDERS = new Set(['orders/create', 'orders/paid']);

/** An order or refund as Shopify's REST Admin API writes it (https://shopify.dev/docs/api/admin-rest/latest/resources/order). */
export const shopifyEvents: Reader = (delivery) => {
  if (ORDERS.has(delivery.topic)) return [order(delivery)];
  return delivery.topic === 'refunds/create' ? [refund(delivery)] : [];
};

/** The number itself can be above 2^53, where JSON numbers are no longer exact; the id in text has all of its digits. */
const exactId = (payload: Fields): string =>
  /^gid:\/\/shopify\/\w+\/(\d+)$/.exec(id(own(payload, 'admin_graphql_api_id')))?.[1] ??
  id(own(payload, 'id'));

const product = (line: Fields, quantity: unknown): Fields => ({
  product_id: own(line, 'product_id'),
  variant_id: own(line, 'variant_id'),
  sku: own(line, 'sku'),
  name: firstOf(own(line, 'title'), own(line, 'name')),
  brand: own(line, 'vendor'),
  price: own(line, 'price'),
  quantity,
});

/** Sapo writes `created_on` where the others write `created_at`. */
const madeAt = (payload: Fields): unknown => firstOf(own(payload, 'created_at'), own(payload, 'created_on'));

function order({ platform, topic, payload }: Parameters<Reader>[0]): Incoming {
  const order_id = exactId(payload);
  const lines = listOf(payload, 'line_items');
  const customer = inner(payload, 'customer');
  const billing = inner(payload, 'billing_address');
  const client = inner(payload, 'client_details');
  const user_id = exactId(customer);
  const codes = listOf(payload, 'discount_codes') ?? [];
  return {
    source: 'webhook',
    reader: platform,
    wrong: order_id === '' ? 'id' : lines ? undefined : 'line_items',
    event_id: `${platform}:${topic}:${order_id}`,
    visitor_id: orderVisitor(platform, order_id),
    user_id: user_id === '' ? undefined : user_id,
    name: 'order_completed',
    at: madeAt(payload),
    seq: 0,
    traits: told({
      email: firstOf(own(payload, 'email'), own(payload, 'contact_email'), own(customer, 'email')),
      phone: firstOf(own(payload, 'phone'), own(customer, 'phone'), own(billing, 'phone')),
    }),
    properties: told({
      order_id,
      // What the customer reads on the receipt; the id is what the platform's own pages and pixels tell.
      order_name: firstOf(own(payload, 'name'), own(payload, 'order_number')),
      cart_token: own(payload, 'cart_token'),
      checkout_token: own(payload, 'checkout_token'),
      currency: own(payload, 'currency'),
      total: own(payload, 'total_price'),
      subtotal: own(payload, 'total_line_items_price'),
      discount: own(payload, 'total_discounts'),
      tax: own(payload, 'total_tax'),
      shipping: shippingOf(payload),
      products: lines?.map((line) => product(line, own(line, 'quantity'))),
      coupon: codes.map((code) => id(own(code, 'code'))).join(', '),
      financial_status: own(payload, 'financial_status'),
      source_name: firstOf(own(payload, 'source_name'), own(payload, 'source')),
    }),
    user_agent: own(client, 'user_agent'),
    address: firstOf(own(client, 'browser_ip'), own(payload, 'browser_ip')),
  };
}

function shippingOf(payload: Fields): unknown {
  const lines = listOf(payload, 'shipping_lines') ?? [];
  return own(payload, 'total_shipping_price_set') ?? sumOf(lines.map((line) => own(line, 'price')));
}

function refund({ platform, topic, payload }: Parameters<Reader>[0]): Incoming {
  const order_id = id(own(payload, 'order_id'));
  const refund_id = exactId(payload);
  const lines = listOf(payload, 'refund_line_items') ?? [];
  return {
    source: 'webhook',
    reader: platform,
    wrong: refund_id === '' ? 'id' : order_id === '' ? 'order_id' : undefined,
    event_id: `${platform}:${topic}:${refund_id}`,
    visitor_id: orderVisitor(platform, order_id),
    name: 'order_refunded',
    at: madeAt(payload),
    seq: 0,
    properties: told({
      order_id,
      refund_id,
      total: refundedOf(payload, lines),
      currency: (listOf(payload, 'transactions') ?? []).map((one) => own(one, 'currency'))[0],
      products: lines.map((line) => product(inner(line, 'line_item'), own(line, 'quantity'))),
    }),
  };
}

/** The money that went back; where none is told, what the lines cost. */
function refundedOf(payload: Fields, lines: readonly Fields[]): number | undefined {
  const paid = (listOf(payload, 'transactions') ?? []).filter(
    (one) =>
      own(one, 'kind') === 'refund' && own(one, 'status') !== 'failure' && own(one, 'status') !== 'error',
  );
  return (
    sumOf(paid.map((one) => own(one, 'amount'))) ??
    sumOf(lines.flatMap((line) => [own(line, 'subtotal'), own(line, 'total_tax')]))
  );
}
