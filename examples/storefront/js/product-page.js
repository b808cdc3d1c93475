import { art } from './art.js';
import { element } from './element.js';
import { frame } from './frame.js';
import { productCard, putInCart } from './product-card.js';
import { asTracked, CURRENCY, money, PRODUCTS, productById } from './products.js';
import { track } from './track.js';

frame();
const product = productById(location.pathname.split('/').pop());
const place = document.getElementById('product');

if (product === undefined) {
  place.append(
    element('h1', {}, 'We do not have that any more'),
    element('a', { href: '/demo/' }, 'Back to the shop'),
  );
} else {
  document.title = `${product.name} · Sông Xanh`;
  document.getElementById('crumb').textContent = product.name;
  const quantity = element('input', {
    type: 'number',
    min: '1',
    max: '20',
    value: '1',
    'aria-label': 'Quantity',
  });
  place.append(
    element('div', { class: 'frame large' }, art(product)),
    element(
      'div',
      { class: 'about' },
      element('p', { class: 'eyebrow' }, product.category),
      element('h1', {}, product.name),
      element('p', { class: 'price' }, money(product.price), element('span', {}, ` / ${product.unit}`)),
      element('p', {}, product.text),
      element(
        'form',
        {
          class: 'add',
          onsubmit: (event) => {
            event.preventDefault();
            putInCart(product, Number(quantity.value) || 1);
          },
        },
        quantity,
        element('button', { class: 'button', 'data-test': 'add-to-cart' }, 'Add to cart'),
      ),
      element(
        'ul',
        { class: 'ticks' },
        ...['Ships within two days', 'Free delivery from 500.000 ₫', 'Return it within 14 days'].map((text) =>
          element('li', {}, text),
        ),
      ),
    ),
  );
  track('product_viewed', { ...asTracked(product), currency: CURRENCY });
}
document.getElementById('related').append(
  ...PRODUCTS.filter((other) => other.id !== product?.id)
    .slice(0, 3)
    .map(productCard),
);
