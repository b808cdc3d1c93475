import { art } from './art.js';
import { addToCart } from './cart.js';
import { element } from './element.js';
import { toast } from './frame.js';
import { asTracked, CURRENCY, money } from './products.js';
import { track } from './track.js';

export const productAddress = (product) => `/demo/products/${product.id}`;

export function putInCart(product, quantity = 1) {
  addToCart(product.id, quantity);
  track('cart_added', { ...asTracked(product, quantity), currency: CURRENCY });
  toast(`${product.name} is in your cart`);
}

export function productCard(product) {
  return element(
    'article',
    { class: 'card' },
    element(
      'a',
      { href: productAddress(product), 'data-test': 'product-link', 'data-product': product.id },
      element('div', { class: 'frame' }, art(product)),
      element('h3', {}, product.name),
    ),
    element('p', { class: 'meta' }, `${product.category} · ${product.unit}`),
    element(
      'div',
      { class: 'buy' },
      element('strong', {}, money(product.price)),
      element(
        'button',
        { class: 'small', 'aria-label': `Add ${product.name} to cart`, onclick: () => putInCart(product) },
        'Add',
      ),
    ),
  );
}
