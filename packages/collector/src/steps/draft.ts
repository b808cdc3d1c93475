import type { EventRow, Identifier, Link, RefusalReason, Site } from '@throughline/contract';
import type { TokenFault } from '../linker/token.ts';
import type { CountryOf } from './country.ts';
import type { Cuts } from './cuts.ts';
import type { Arrival, Incoming } from './incoming.ts';
import type { Fields } from './text.ts';

type TimeColumn = 'time' | 'received_at' | 'session_started_at';

/** The row before the spool gives it its place; times are milliseconds since 1970. */
export type NewRow = Omit<EventRow, 'segment' | 'segment_seq' | TimeColumn> & Record<TimeColumn, number>;
export type NewLink = Omit<Link, 'segment'>;

/** One event on its way through the steps: what came, and the row and link that become of it. */
export interface Draft {
  readonly arrival: Arrival;
  readonly incoming: Incoming;
  readonly row: NewRow;
  /** `properties` as a JSON object; empty when none were sent. */
  readonly properties: Fields;
  readonly traits: Fields;
  /** Top-level properties that went into columns of their own. */
  used: Set<string> | undefined;
  /** What could not be kept, told in the property `properties_cut`. */
  cuts: Cuts;
  identifiers: Identifier[];
  link: NewLink | undefined;
  /** What a token of another host of the site is evidence of. */
  host_links?: NewLink[];
  token_fault?: TokenFault;
}

export interface Tools {
  countryOf: CountryOf;
  newId(): string;
  /** By which the site's own server signs who is logged in. */
  siteSecretOf?(site: Site): string;
}

/** Why an event cannot be taken, and for which field of Incoming; '' for the whole of it. */
export interface Refusal {
  reason: RefusalReason;
  field: string;
}

/** One step of the way. It changes the draft, or says why the event cannot be taken. */
export interface Step {
  name: string;
  run(draft: Draft, tools: Tools): Refusal | undefined;
}
