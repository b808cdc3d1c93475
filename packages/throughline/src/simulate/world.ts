import type { Shelves } from './arrival.ts';
import type { Calendar } from './calendar.ts';
import type { Product } from './catalogue.ts';
import type { Happening } from './happening.ts';
import type { Cart, Order } from './trade.ts';
import type { Troubles } from './troubles.ts';

/** What everybody in the simulation shares, and where it writes what happens. */
export interface World {
  calendar: Calendar;
  products: readonly Product[];
  shelves: Shelves;
  currency: string;
  shipping: { free_from: number; fee: number };
  troubles: Troubles;
  happenings: Happening[];
  carts: Cart[];
  orders: Order[];
}

/** Takes what happened unless it lies after the end of the history. */
export function record(world: World, happening: Happening): void {
  if (happening.time < world.calendar.end) world.happenings.push(happening);
}

export const productPath = (product: Product) => `/san-pham/${product.sku.toLowerCase()}`;
