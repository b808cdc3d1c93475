import { FREE_SHIPPING_FROM, productById, SHIPPING } from './products.js';

const KEY = 'shop.cart';
const QUANTITY_MAX = 20;

/** Product id to quantity. A cart that another version or a visitor broke is an empty one. */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return Object.entries(kept).filter(([id, quantity]) => productById(id) && quantity > 0);
  } catch {
    return [];
  }
}

function write(entries) {
  localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
  dispatchEvent(new Event('cart'));
}

export const cartLines = () => read().map(([id, quantity]) => ({ product: productById(id), quantity }));

export const cartCount = () => read().reduce((sum, [, quantity]) => sum + quantity, 0);

/** Sets how many of a product are in the cart; 0 takes it out. */
export function setQuantity(id, quantity) {
  const others = read().filter(([other]) => other !== id);
  const kept = Math.min(QUANTITY_MAX, Math.max(0, quantity));
  write(kept === 0 ? others : [...others, [id, kept]]);
}

export function addToCart(id, quantity = 1) {
  const before = read().find(([other]) => other === id)?.[1] ?? 0;
  setQuantity(id, before + quantity);
}

export const emptyCart = () => write([]);

export function cartTotals(lines = cartLines()) {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  const shipping = subtotal === 0 || subtotal >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
  return { subtotal, shipping, total: subtotal + shipping };
}
