import { currentAccount } from './account.js';
import { cartCount } from './cart.js';
import { element } from './element.js';

function header() {
  const account = currentAccount();
  const count = cartCount();
  return [
    element(
      'a',
      { class: 'brand', href: '/demo/' },
      element('img', { src: '/demo/leaf.svg', alt: '' }),
      'Sông Xanh',
    ),
    element(
      'nav',
      { 'aria-label': 'Shop' },
      element('a', { href: '/demo/#catalogue' }, 'Shop'),
      account
        ? element('a', { href: '/demo/account.html' }, account.name)
        : element('a', { href: '/demo/log-in.html' }, 'Log in'),
      element(
        'a',
        { class: 'cart', href: '/demo/cart.html', 'data-test': 'cart' },
        'Cart',
        element('span', { class: 'count', 'aria-label': `${count} items` }, String(count)),
      ),
    ),
  ];
}

/** The top and the foot that every page shares; the count follows the cart. */
export function frame() {
  const top = document.getElementById('top');
  const draw = () => top.replaceChildren(...header());
  addEventListener('cart', draw);
  addEventListener('storage', draw);
  draw();
  document
    .getElementById('foot')
    .replaceChildren(
      element('p', {}, 'Sông Xanh, 12 Ngõ Huyện, Hà Nội'),
      element('p', {}, 'A demo storefront: nothing here is sold, charged or sent.'),
    );
}

/** A short word at the bottom of the page, read out to screen readers. */
export function toast(message) {
  document.querySelector('.toast')?.remove();
  const shown = element('p', { class: 'toast', role: 'status' }, message);
  document.body.append(shown);
  setTimeout(() => shown.remove(), 2500);
}
