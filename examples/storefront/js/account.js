import { identify, reset, track } from './track.js';

const KEY = 'shop.account';
const ORDERS = 'shop.orders';

/** This demo has no server of its own: the same e-mail gives the same customer number on every device. */
function customerNumber(email) {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const character of email.trim().toLowerCase()) {
    high = Math.imul(high ^ character.codePointAt(0), 2654435761);
    low = Math.imul(low ^ character.codePointAt(0), 1597334677);
  }
  const half = (word) => (word >>> 0).toString(16).padStart(8, '0');
  return `cus_${half(high ^ (low >>> 13))}${half(low ^ (high >>> 16))}`;
}

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export const currentAccount = () => read(KEY, undefined);

function enter(email, name) {
  const account = { id: customerNumber(email), email: email.trim(), name };
  localStorage.setItem(KEY, JSON.stringify(account));
  identify(account.id, { email: account.email, name });
  return account;
}

export function signUp({ email, name }) {
  enter(email, name);
  track('signup_completed', { method: 'email' });
}

/** Any password is right here; the name is what stands before the @. */
export function logIn({ email }) {
  enter(
    email,
    email
      .toLowerCase()
      .split('@')[0]
      .replace(/[._-]+/g, ' '),
  );
  track('login', { method: 'email' });
}

export function logOut() {
  localStorage.removeItem(KEY);
  localStorage.removeItem(ORDERS);
  reset();
}

export const pastOrders = () => read(ORDERS, []);

export function keepOrder(order) {
  localStorage.setItem(ORDERS, JSON.stringify([order, ...pastOrders()].slice(0, 50)));
}
