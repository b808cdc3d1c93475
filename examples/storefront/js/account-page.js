import { currentAccount, logOut, pastOrders } from './account.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { money } from './products.js';

frame();
const account = currentAccount();
if (!account) location.replace('/demo/log-in.html');
else {
  const orders = pastOrders();
  document.getElementById('account').append(
    element('h1', {}, `Hello, ${account.name}`),
    element('p', { class: 'meta' }, `${account.email} · customer ${account.id}`),
    element('h2', {}, 'Your orders'),
    orders.length === 0
      ? element('p', {}, 'None yet on this device.')
      : element(
          'ul',
          { class: 'plain-list' },
          ...orders.map((order) =>
            element(
              'li',
              {},
              `${order.order_id} · ${new Date(order.placed_at).toLocaleDateString('vi-VN')} · ${money(order.total)}`,
            ),
          ),
        ),
    element(
      'button',
      {
        class: 'button ghost',
        'data-test': 'logout',
        onclick: () => {
          logOut();
          location.assign('/demo/');
        },
      },
      'Log out',
    ),
  );
}
