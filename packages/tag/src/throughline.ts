import type { Identify } from './identify.ts';

/** The commands of the tag. None of them throws, and each costs the page next to nothing. */
export interface Throughline extends Identify {
  /** Records an event: a name of the vocabulary or one of the shop's own. Properties are copied as JSON. */
  track(name: string, properties?: Record<string, unknown>): void;
  /** Records a view of the page shown now, for `pages: 'manual'` and for what has no address. */
  page(properties?: Record<string, unknown>): void;
  /** Hands over the visitor's id, so that the shop's server can name the visitor in its own calls. Never called when nothing is recorded. */
  visitor(callback: (visitor_id: string) => void): void;
  /** Takes everything back. What was not sent waits in storage for the next start. */
  stop(): void;
}
