import { keepOrder, pastOrders } from './account.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { money } from './products.js';
import { track } from './track.js';

frame();
const [order] = pastOrders();
const place = document.getElementById('thanks');

if (order === undefined) location.replace('/demo/');
else {
  place.append(
    element('h1', {}, 'Thank you!'),
    element(
      'p',
      {},
      'Your order ',
      element('strong', { id: 'order-id' }, order.order_id),
      ' is on its way to the roastery.',
    ),
    element('p', {}, `Total ${money(order.total)}`),
    element('a', { class: 'button', href: '/demo/' }, 'Back to the shop'),
  );
  // Loaded again, the page tells the same order id, which counts once; it does not even send it twice.
  if (!order.told) {
    const { told: _told, placed_at: _placedAt, ...properties } = order;
    track('order_completed', properties);
    rememberTold();
  }
}

function rememberTold() {
  const others = pastOrders().slice(1);
  localStorage.removeItem('shop.orders');
  for (const other of others.reverse()) keepOrder(other);
  keepOrder({ ...order, told: true });
}
