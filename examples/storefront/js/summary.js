import { cartLines, cartTotals } from './cart.js';
import { element } from './element.js';
import { FREE_SHIPPING_FROM, money } from './products.js';

const row = (label, amount, name = '') =>
  element('div', { class: `row ${name}` }, element('span', {}, label), element('span', {}, amount));

/** What the cart comes to. */
export function summary(...more) {
  const { subtotal, shipping, total } = cartTotals(cartLines());
  const missing = FREE_SHIPPING_FROM - subtotal;
  return [
    element('h2', {}, 'Summary'),
    row('Goods', money(subtotal)),
    row('Delivery', shipping === 0 ? 'free' : money(shipping)),
    row('Total', money(total), 'total'),
    ...(missing > 0 && subtotal > 0
      ? [element('p', { class: 'hint' }, `${money(missing)} more and delivery is free.`)]
      : []),
    ...more,
  ];
}
