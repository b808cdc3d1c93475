import type { Arrival } from './arrival.ts';
import type { Cart, Order } from './trade.ts';

export interface Page {
  /** With query, without host. */
  path: string;
  title: string;
}

/** One visit of one browser. */
export interface Session {
  /** `<start in ms, base 36>.<random>`, as the tag makes it. */
  id: string;
  visitor: string;
  userAgent: string;
  ip: string;
  started: number;
  arrival: Arrival;
  landing: Page;
}

/** One thing that happened, before it is written as a call. `persona` is -1 for robots. */
export interface Happening {
  time: number;
  persona: number;
  /** Absent for what a server or the shop's staff reported. */
  session?: Session;
  /** The server's anonymous id where it has no session and no user_id. */
  visitor?: string;
  type: 'page' | 'track' | 'identify';
  name?: string;
  page?: Page;
  referrer?: string;
  user_id?: string;
  traits?: Record<string, string>;
  properties?: Record<string, unknown>;
  /** Its number is known only when all orders stand in line. */
  order?: Order;
  cart?: Cart;
}
