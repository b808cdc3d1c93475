import { art } from './art.js';
import { cartLines, cartTotals, setQuantity } from './cart.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { productAddress } from './product-card.js';
import { asTracked, CURRENCY, money } from './products.js';
import { summary } from './summary.js';
import { track } from './track.js';

frame();

function change(product, quantity, before) {
  setQuantity(product.id, quantity);
  if (quantity < before)
    track('cart_removed', { ...asTracked(product, before - quantity), currency: CURRENCY });
  if (quantity > before)
    track('cart_added', { ...asTracked(product, quantity - before), currency: CURRENCY });
  draw();
}

function cartLine({ product, quantity }) {
  return element(
    'div',
    { class: 'line' },
    element('a', { class: 'frame thumb', href: productAddress(product) }, art(product)),
    element(
      'div',
      { class: 'grow' },
      element('strong', {}, product.name),
      element('p', { class: 'meta' }, product.unit),
    ),
    element('input', {
      type: 'number',
      min: '0',
      max: '20',
      value: String(quantity),
      'aria-label': `Quantity of ${product.name}`,
      onchange: (event) =>
        change(product, Math.min(20, Math.max(0, Number(event.target.value) || 0)), quantity),
    }),
    element('strong', { class: 'amount' }, money(product.price * quantity)),
    element(
      'button',
      { class: 'plain', 'aria-label': `Remove ${product.name}`, onclick: () => change(product, 0, quantity) },
      'Remove',
    ),
  );
}

function draw() {
  const lines = cartLines();
  const empty = element(
    'div',
    { class: 'panel' },
    element('p', {}, 'There is nothing in it yet.'),
    element('a', { class: 'button', href: '/demo/' }, 'See the shop'),
  );
  document.getElementById('lines').replaceChildren(...(lines.length === 0 ? [empty] : lines.map(cartLine)));
  const go = element(
    'a',
    { class: 'button wide', href: '/demo/checkout.html', 'data-test': 'checkout' },
    'Check out',
  );
  document.getElementById('summary').replaceChildren(...summary(...(lines.length === 0 ? [] : [go])));
}

draw();
if (cartLines().length > 0)
  track('cart_viewed', {
    total: cartTotals().total,
    currency: CURRENCY,
    products: cartLines().map(({ product, quantity }) => asTracked(product, quantity)),
  });
