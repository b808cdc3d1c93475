import type { Product } from './catalogue.ts';

export interface Item {
  product: Product;
  quantity: number;
}

export interface Cart {
  token: string;
  persona: number;
  opened: number;
  items: Item[];
  /** `abandoned` until an order closes it; `recovered` when that was in a later session than the first. */
  state: 'abandoned' | 'ordered' | 'recovered';
  /** What brought the buyer back. */
  through?: 'email' | 'return';
  order?: Order;
}

export interface Order {
  /** Given by `numberOrders`. */
  order_id: string;
  time: number;
  persona: number;
  guest: boolean;
  items: Item[];
  subtotal: number;
  discount: number;
  coupon?: string;
  shipping: number;
  /** Value added tax inside the total. */
  tax: number;
  total: number;
  refunded: boolean;
}

const VAT = 0.08;

export const goodsOf = (items: readonly Item[]) =>
  items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);

/** Money without the crumbs of binary fractions: whole dong, or cents. */
export const money = (amount: number, currency: string) =>
  currency === 'VND' ? Math.round(amount) : Math.round(amount * 100) / 100;

export function newOrder(
  cart: Cart,
  time: number,
  terms: { guest: boolean; coupon?: string; currency: string; shipping: { free_from: number; fee: number } },
): Order {
  const subtotal = money(goodsOf(cart.items), terms.currency);
  const discount = terms.coupon === undefined ? 0 : money(subtotal * 0.1, terms.currency);
  const shipping = subtotal - discount >= terms.shipping.free_from ? 0 : terms.shipping.fee;
  return {
    order_id: '',
    time,
    persona: cart.persona,
    guest: terms.guest,
    items: [...cart.items],
    subtotal,
    discount,
    ...(terms.coupon === undefined ? {} : { coupon: terms.coupon }),
    shipping,
    tax: money(((subtotal - discount) * VAT) / (1 + VAT), terms.currency),
    total: money(subtotal - discount + shipping, terms.currency),
    refunded: false,
  };
}

/** Numbers as a shop gives them: rising with time. */
export function numberOrders(orders: Order[]): void {
  orders.sort((a, b) => a.time - b.time);
  for (const [index, order] of orders.entries()) order.order_id = `LH${10_001 + index}`;
}

export const productsOf = (items: readonly Item[]) =>
  items.map(({ product: { appeal: _, ...product }, quantity }) => ({ ...product, quantity }));
