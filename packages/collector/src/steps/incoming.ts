import type { EventSource, Site } from '@throughline/contract';
import type { ClientHints } from './client.ts';

/** What is known of a request before its events are looked at. */
export interface Arrival {
  site: Site;
  /** The collector's clock, milliseconds. */
  received_ms: number;
  /** The sender's clock when it sent, milliseconds; undefined when it did not say. */
  sent_ms: number | undefined;
  user_agent: string;
  hints: ClientHints | undefined;
  /** Used for the country and then forgotten. */
  address: string;
}

/** What of an address is read; the rest is cut off. */
export const ADDRESS_CHARS_MAX = 8_000;

/** The first page of the session an event belongs to. */
export interface Entry {
  url?: unknown;
  referrer?: unknown;
}

/** One call as any route hands it to the steps: the names are ours, the values are not trusted yet. */
export interface Incoming {
  source: EventSource;
  /** The place in the call, in the sender's words, for which it cannot be read; '' when it is no call at all. */
  wrong?: string | undefined;
  reader: string;
  event_id: unknown;
  visitor_id?: unknown;
  user_id?: unknown;
  /** HMAC of `user_id` with the site's secret: the shop's server says that it is so. */
  proof?: unknown;
  /** The call came out of a browser, whatever API it speaks: what it claims needs a proof where the site asks for one. */
  browser?: boolean;
  /** The id that `user_id` is another name for. */
  previous_id?: unknown;
  session_id?: unknown;
  name: unknown;
  /** The sender's clock: milliseconds, or ISO 8601 text from servers. */
  at?: unknown;
  seq: unknown;
  url?: unknown;
  /** The tag has cut `url` already: further parameters and the fragment were left because the site's page asks for it. */
  url_cleaned?: boolean;
  title?: unknown;
  referrer?: unknown;
  entry?: Entry | undefined;
  /** Segment's `context.campaign`, where the URL does not carry the utm parameters. */
  campaign?: unknown;
  properties?: unknown;
  traits?: unknown;
  /** Of the visitor, when a server speaks for them. */
  user_agent?: unknown;
  address?: unknown;
}
