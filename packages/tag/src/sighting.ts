import type { WireIdentity } from '@throughline/contract';

/** What few sightings have besides name and properties. */
export interface Besides {
  identity?: WireIdentity;
  /** Where the page was reached from, when the feature knows better than the document. */
  referrer?: string;
  /** What the sighting was on, when the page has moved on since. */
  url?: string;
  /** How often the visitor had touched the page when it began, when that was some time ago. */
  used?: number;
}

/**
 * Where features put what they see: which part of the tag saw it, and the event's name and properties. Costs next to
 * nothing: no storage and no network is touched. A reader's name is letters; one that begins with `dataLayer` or `event` is kept as `datalayer`.
 */
export type Sink = (
  reader: string,
  name: string,
  properties?: Record<string, unknown>,
  besides?: Besides,
) => void;

/** A part of the tag that watches the page. What it changes there is taken back through `listen.ts`. */
export type Feature = (see: Sink) => void;
