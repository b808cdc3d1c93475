import { LIMITS } from '@throughline/contract';
import { amountOf, tooMuch } from './money.ts';
import { type Fields, fieldsOf, numberOf, own, textOf } from './text.ts';

export interface Product {
  product_id: string;
  variant_id: string;
  sku: string;
  name: string;
  brand: string;
  category: string;
  price: number;
  quantity: number;
}

/** Names of each part of a product by Segment, GA4, Shopify and WooCommerce; a dot goes one level down. */
const NAMES = {
  product_id: ['product_id', 'item_id', 'productId', 'product.id', 'variant.product.id', 'content_id', 'id'],
  variant_id: ['variant_id', 'variation_id', 'variantId', 'variant.id', 'item_variant'],
  sku: ['sku', 'item_sku', 'variant.sku'],
  name: ['name', 'item_name', 'title', 'product_name', 'product.title', 'variant.product.title'],
  brand: ['brand', 'item_brand', 'vendor', 'product.vendor', 'variant.product.vendor'],
  category: ['category', 'item_category', 'product_type', 'product.type', 'variant.product.type'],
  price: ['price', 'item_price', 'unit_price', 'variant.price'],
  quantity: ['quantity', 'qty'],
} as const;

/** Where lists of products stand. */
const LISTS = ['products', 'items', 'line_items', 'lineItems', 'contents'] as const;
/** Where Shopify's web pixel puts a single product. */
const SINGLES = ['cartLine', 'productVariant'] as const;

/** Top-level properties that become the products columns and so leave `properties`. */
export const LIST_KEYS: readonly string[] = [...LISTS, ...SINGLES];
export const SINGLE_KEYS: readonly string[] = Object.values(NAMES)
  .flat()
  .filter((name) => !name.includes('.') && name !== 'id');

/** Where a single product's price stands in them, which names its currency. */
const SINGLE_PRICES = ['price', 'merchandise.price', 'cost.totalAmount'];

/** The prices of Shopify's single products in `places`, as far as they are more than a number. */
export const singlePrices = (places: readonly Fields[]): Fields[] =>
  places
    .flatMap((fields) =>
      SINGLES.flatMap((name) => SINGLE_PRICES.map((path) => at(fields, `${name}.${path}`))),
    )
    .map(fieldsOf)
    .filter((price) => price !== undefined);

const UINT32_MAX = 4_294_967_295;
const PRODUCT_CHARS_MAX = 200;

function at(fields: Fields, path: string): unknown {
  if (!path.includes('.')) return own(fields, path);
  let value: unknown = fields;
  for (const key of path.split('.')) {
    const inner = fieldsOf(value);
    if (!inner) return undefined;
    value = own(inner, key);
  }
  return value;
}

function text(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const found = textOf(at(fields, name), PRODUCT_CHARS_MAX);
    if (found !== '') return found;
  }
  return '';
}

/** What Shopify calls a variant has the product in it, whose name it is that people know: its own is "Default Title", or "Red". */
function ofVariant(variant: Fields, quantity?: unknown): Fields {
  const title = at(variant, 'product.title') ?? own(variant, 'title');
  return { ...variant, title, variant, quantity };
}

function productOf(fields: Fields, currency: string): Product {
  const merchandise = fieldsOf(own(fields, 'merchandise'));
  const from = merchandise ? ofVariant(merchandise, own(fields, 'quantity')) : fields;
  const price = NAMES.price
    .map((name) => amountOf(at(from, name), currency))
    .find((found) => found !== undefined);
  const quantity = NAMES.quantity
    .map((name) => numberOf(at(from, name)))
    .find((found) => found !== undefined);
  return {
    product_id: text(from, NAMES.product_id),
    variant_id: text(from, NAMES.variant_id),
    sku: text(from, NAMES.sku),
    name: text(from, NAMES.name),
    brand: text(from, NAMES.brand),
    category: text(from, NAMES.category),
    price: price ?? 0,
    quantity: Math.min(UINT32_MAX, Math.max(0, Math.round(quantity ?? 1))),
  };
}

export interface Products {
  products: Product[];
  /** Products beyond LIMITS.products_max. */
  cut: number;
  /** Products whose price is more than its column holds. */
  unpriced: number;
  /** The event's own properties are one product. */
  single: boolean;
}

const NONE: Products = { products: [], cut: 0, unpriced: 0, single: false };

/** Whether the product's price is lost for its size. */
const unpriced = (from: Fields, currency: string): number =>
  NAMES.price.some((name) => tooMuch(at(from, name), currency)) ? 1 : 0;

/**
 * The products of an event: the first list found in `places` (properties, then `ecommerce`, `checkout`), else its own product. `currency` is
 * that of their prices.
 */
export function productsOf(places: readonly Fields[], currency: string): Products {
  for (const fields of places) {
    for (const name of LISTS) {
      const list = own(fields, name);
      if (!Array.isArray(list) || list.length === 0) continue;
      const products: Product[] = [];
      let lost = 0;
      for (const entry of list.slice(0, LIMITS.products_max)) {
        const one = fieldsOf(entry);
        if (!one) continue;
        products.push(productOf(one, currency));
        lost += unpriced(one, currency);
      }
      if (products.length > 0)
        return {
          products,
          cut: Math.max(0, list.length - LIMITS.products_max),
          unpriced: lost,
          single: false,
        };
    }
  }
  const properties = places[0];
  if (!properties) return NONE;
  for (const name of SINGLES) {
    const found = fieldsOf(own(properties, name));
    const one = found && name === 'productVariant' ? ofVariant(found) : found;
    if (one)
      return {
        products: [productOf(one, currency)],
        cut: 0,
        unpriced: unpriced(one, currency),
        single: false,
      };
  }
  const named = ['product_id', 'item_id', 'sku', 'variant_id'].some(
    (name) => textOf(own(properties, name), 1) !== '',
  );
  if (!named) return NONE;
  const products = [productOf({ ...properties, id: undefined }, currency)];
  return { products, cut: 0, unpriced: unpriced(properties, currency), single: true };
}

/** What the goods cost together, before discounts, tax and shipping. */
export const goodsSum = (products: readonly Product[]): number =>
  products.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
