import { currentAccount, keepOrder } from './account.js';
import { cartLines, cartTotals, emptyCart } from './cart.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { asTracked, CURRENCY, money } from './products.js';
import { summary } from './summary.js';
import { identify, track } from './track.js';

frame();
const form = document.getElementById('checkout-form');
const lines = cartLines();
const products = lines.map(({ product, quantity }) => asTracked(product, quantity));

if (lines.length === 0) location.replace('/demo/cart.html');
else track('checkout_started', { ...cartTotals(lines), currency: CURRENCY, products });

document
  .getElementById('summary')
  .replaceChildren(
    ...summary(
      element(
        'ul',
        { class: 'plain-list' },
        ...lines.map(({ product, quantity }) =>
          element('li', {}, `${quantity} × ${product.name}, ${money(product.price * quantity)}`),
        ),
      ),
    ),
  );

const account = currentAccount();
if (account) {
  form.elements.name.value = account.name;
  form.elements.email.value = account.email;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(form));
  const order = {
    order_id: `SX-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`.toUpperCase(),
    ...cartTotals(lines),
    tax: 0,
    discount: 0,
    currency: CURRENCY,
    payment_method: given.payment,
    products,
  };
  track('payment_entered', { payment_method: given.payment });
  // Somebody who buys as a guest is known by e-mail and phone from here on.
  identify(account?.id, { email: given.email, phone: given.phone, name: given.name });
  keepOrder({ ...order, placed_at: new Date().toISOString(), told: false });
  emptyCart();
  location.assign('/demo/thanks.html');
});
