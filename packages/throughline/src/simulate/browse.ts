import type { Product } from './catalogue.ts';
import type { PersonaKind } from './persona.ts';
import { type Cart, productsOf } from './trade.ts';
import type { Visit } from './visit.ts';
import { productPath } from './world.ts';

const BOUNCE: Readonly<Record<PersonaKind, number>> = { glancer: 0.52, considerer: 0.24, regular: 0.12 };
const PRODUCTS_MEAN: Readonly<Record<PersonaKind, number>> = { glancer: 1.1, considerer: 2.4, regular: 2.6 };
const ADDS: Readonly<Record<PersonaKind, number>> = { glancer: 0.022, considerer: 0.045, regular: 0.09 };
/** Those who come back for a product and then do take it. */
const TAKES = 0.6;

const SEARCHES = ['phin', 'trà sen', 'cà phê hạt', 'quà tết', 'cốc gốm', 'matcha', 'máy pha', 'cold brew'];

export interface Browsed {
  /** Put into the cart on the way; none when the visit was one page long. */
  added: Product[];
  /** The last one looked at and not taken, by somebody who may come back for it. */
  liked?: Product;
}

/** Looks around; `wanted` is what somebody has come back for. */
export function browse(visit: Visit, cart: Cart, wanted?: Product): Browsed {
  const { random, persona, session } = visit;
  const landed = productAt(visit, session.landing.path);
  if (landed) look(visit, landed);
  if (wanted !== undefined && random.chance(TAKES)) return { added: [add(visit, wanted, cart)] };
  const serious = session.arrival.intent;
  if (random.chance(BOUNCE[persona.kind] / Math.sqrt(serious))) return { added: [] };
  if (random.chance(0.16))
    visit.track('page_engaged', { seconds: random.int(15, 180), scroll: random.int(40, 100) });
  if (session.landing.path === '/' && random.chance(0.18)) promotion(visit);

  const added: Product[] = [];
  let liked = persona.kind === 'glancer' ? undefined : landed;
  if (landed && random.chance(ADDS[persona.kind] * serious * 1.2)) added.push(add(visit, landed, cart));
  const looks = Math.round(random.waiting(PRODUCTS_MEAN[persona.kind]));
  for (let turn = 0; turn < looks; turn += 1) {
    if (turn === 0 || random.chance(0.4)) findShelf(visit);
    const product = random.weighted(visit.world.products, ({ appeal }) => appeal);
    if (random.chance(0.3))
      visit.track('product_clicked', { ...plain(product), position: random.int(1, 12) });
    visit.openProduct(product);
    look(visit, product);
    if (persona.kind !== 'glancer') liked = product;
    friction(visit);
    if (random.chance(ADDS[persona.kind] * serious)) added.push(add(visit, product, cart));
    else if (random.chance(0.02)) visit.track('wishlist_added', plain(product));
  }
  return liked === undefined ? { added } : { added, liked };
}

const plain = ({ appeal: _, ...product }: Product) => ({ ...product });

function productAt(visit: Visit, address: string): Product | undefined {
  const path = address.split('?')[0];
  return visit.world.products.find((product) => productPath(product) === path);
}

function look(visit: Visit, product: Product): void {
  visit.track('product_viewed', plain(product));
}

function add(visit: Visit, product: Product, cart: Cart): Product {
  visit.wait(20);
  visit.track('cart_added', { ...plain(product), quantity: 1 }, { cart });
  return product;
}

function findShelf(visit: Visit): void {
  const { random, world } = visit;
  if (random.chance(0.16)) {
    const query = random.pick(SEARCHES);
    visit.open(`/tim-kiem?q=${encodeURIComponent(query)}`);
    visit.track('search', { query, results: random.int(0, 14) });
    return;
  }
  const category = random.pick(world.shelves.categories);
  visit.open(`/danh-muc/${category}`);
  visit.track('list_viewed', { list_id: category, category });
}

function promotion(visit: Visit): void {
  const properties = {
    promotion_id: 'banner-1',
    name: visit.random.pick(['Phin mới', 'Quà tặng', 'Mùa sen']),
  };
  visit.track('promotion_viewed', properties);
  if (visit.random.chance(0.25)) visit.track('promotion_clicked', properties);
}

/** Now and then something does not work. */
export function friction(visit: Visit): void {
  const { random, persona } = visit;
  if (random.chance(0.006)) {
    persona.annoyance += 1;
    visit.track('rage_click', {
      target: random.pick(['#chon-size', '.anh-san-pham', '#them-vao-gio']),
      clicks: random.int(3, 9),
    });
  }
  if (random.chance(0.004)) {
    persona.annoyance += 1;
    visit.track('error_seen', { message: random.pick(['TypeError', 'Script error', 'Network error']) });
  }
}

/** The cart's page, and second thoughts about what lies in it. */
export function viewCart(visit: Visit, cart: Cart): void {
  visit.open('/gio-hang');
  visit.track('cart_viewed', { products: productsOf(cart.items) }, { cart });
  if (cart.items.length < 2 || !visit.random.chance(0.12)) return;
  const { product } = cart.items.pop()!;
  visit.wait(10);
  visit.track('cart_removed', { ...plain(product), quantity: 1 }, { cart });
}
