import { LIMITS } from '@throughline/contract';
import type { Cuts } from './cuts.ts';
import type { Draft, NewRow, Step } from './draft.ts';
import { AMOUNT_KEYS, amountOf, currencyOf, MONEY_KEYS, moneyOf, tooMuch } from './money.ts';
import { goodsSum, LIST_KEYS, type Product, productsOf, SINGLE_KEYS, singlePrices } from './products.ts';
import { type Fields, fieldsOf, isEmpty, own, textOf } from './text.ts';

const ORDER_ID = ['order_id', 'orderId', 'transaction_id', 'order_number'];
const CART_TOKEN = ['cart_token', 'cartToken', 'cart_id'];
const ORDER_EVENTS = new Set(['order_completed', 'order_refunded']);

const USED = new Set([...MONEY_KEYS, ...LIST_KEYS, ...ORDER_ID, ...CART_TOKEN, 'ecommerce']);
const USED_SINGLE = new Set([...USED, ...SINGLE_KEYS]);

/** The first of `names` found in `places`, as text. */
export function firstText(places: readonly Fields[], names: readonly string[]): string {
  for (const fields of places) {
    for (const name of names) {
      const text = textOf(own(fields, name), LIMITS.id_chars_max);
      if (text !== '') return text;
    }
  }
  return '';
}

/** The properties themselves, then where GA4 (`ecommerce`) and Shopify (`checkout`) keep theirs. */
export function placesOf(properties: Fields): Fields[] {
  const places = [properties];
  for (const key of ['ecommerce', 'checkout']) {
    const inner = fieldsOf(own(properties, key));
    if (inner) places.push(inner);
  }
  // Universal Analytics' `ecommerce.purchase.actionField`, which many a dataLayer still holds.
  const purchase = places[1] && fieldsOf(own(places[1], 'purchase'));
  const action = purchase && fieldsOf(own(purchase, 'actionField'));
  if (purchase) places.push(purchase);
  if (action) places.push({ ...action, transaction_id: own(action, 'id') });
  return places;
}

/**
 * What leaves the properties for columns: `all` but words where an amount was expected, which stay as they are. An
 * amount that is too much for its column is told to `cuts`.
 */
function usedOf(places: readonly Fields[], currency: string, all: Set<string>, cuts: Cuts): Set<string> {
  let used = all;
  for (const fields of places) {
    for (const name of AMOUNT_KEYS) {
      const value = own(fields, name);
      if (value === undefined || value === null) continue;
      if (tooMuch(value, currency)) cuts.add(name);
      else if (
        fields === places[0] &&
        typeof value === 'string' &&
        value !== '' &&
        amountOf(value, currency) === undefined
      ) {
        if (used === all) used = new Set(all);
        used.delete(name);
      }
    }
  }
  return used;
}

/** order_id, cart_token, money, products. */
export const putCommerce: Step = {
  name: 'commerce',
  run(draft: Draft) {
    const { row, properties, arrival } = draft;
    // Most page views carry no properties at all.
    if (isEmpty(properties)) return undefined;
    const places = placesOf(properties);
    const named = currencyOf(places) ?? currencyOf(singlePrices(places));
    const currency = named ?? arrival.site.currency;
    const found = productsOf(places, currency);
    row.order_id = firstText(places, ORDER_ID);
    if (row.order_id === '' && ORDER_EVENTS.has(row.name)) {
      const order = places.map((fields) => fieldsOf(own(fields, 'order'))).find((one) => one !== undefined);
      row.order_id = order ? textOf(own(order, 'id'), LIMITS.id_chars_max) : '';
    }
    row.cart_token = firstText(places, CART_TOKEN);
    if (found.cut > 0) draft.cuts.add('products', found.cut);
    if (found.unpriced > 0) draft.cuts.add('price', found.unpriced);
    draft.used = usedOf(places, currency, found.single ? USED_SINGLE : USED, draft.cuts);
    const goods = found.single ? 0 : goodsSum(found.products);
    Object.assign(row, moneyOf(places, goods, { named: named !== undefined, currency }));
    if (found.products.length > 0) putProducts(row, found.products);
    return undefined;
  },
};

function putProducts(row: NewRow, products: readonly Product[]): void {
  row['products.product_id'] = products.map((product) => product.product_id);
  row['products.variant_id'] = products.map((product) => product.variant_id);
  row['products.sku'] = products.map((product) => product.sku);
  row['products.name'] = products.map((product) => product.name);
  row['products.brand'] = products.map((product) => product.brand);
  row['products.category'] = products.map((product) => product.category);
  row['products.price'] = products.map((product) => product.price);
  row['products.quantity'] = products.map((product) => product.quantity);
}
