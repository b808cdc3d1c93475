import SHORT from './wire-names.json' with { type: 'json' };

/**
 * What the tag posts to `POST /e`, as text/plain JSON. Times are the client's clock in
 * milliseconds since 1970; the collector corrects them by `sent_at` against the arrival.
 */
export interface WireBatch {
  /** The site's public key. */
  site: string;
  /** Of every event that names no visitor itself. */
  visitor?: string;
  sent_at: number;
  /** Events dropped in the browser because the queue was full, since the last batch that arrived. */
  lost?: number;
  /** Where sessions in this batch came from, by session id, for events without an entry of their own. */
  sessions?: Record<string, WireEntry>;
  events: (WireEvent | WireTuple)[];
}

/** A batch as the tag writes it: what is before the events in it, whose names would take bytes, and then each of them. */
export type WireList = [
  site: WireBatch['site'],
  sent_at: WireBatch['sent_at'],
  lost: number,
  ...events: WireBatch['events'],
];

/** A batch under its names; what is no list that begins with a site is given back as it is. */
export function namedBatch(body: unknown): unknown {
  if (!Array.isArray(body) || typeof body[0] !== 'string') return body;
  const [site, sent_at, lost, ...events] = body;
  return { site, sent_at, lost, events };
}

/** The answer to a batch of which something was taken. */
export interface WireAnswer {
  accepted: number;
  /** For a site with hosts on other domains: a token that may be put into links, and after a space the pattern of the hosts it is for. */
  link?: string | undefined;
}

/** The first page of a session: it decides the session's channel. */
export interface WireEntry {
  url?: string;
  referrer?: string | undefined;
}

export interface WireEvent {
  /** Made once in the browser; a resend carries the same one and counts once. */
  id: string;
  /** The visitor's id: 1–64 characters of `[A-Za-z0-9_-]`. */
  visitor?: string;
  name: string;
  at: number;
  /** Per visitor, rising: the order of events of one millisecond. */
  seq: number;
  /** `<start in ms, base 36>.<random>`, so that a session's start is known from any of its events. */
  session: string;
  /** The session's first page. */
  entry?: WireEntry | undefined;
  url?: string;
  /** The page's `link rel=canonical`, kept as a property of that name. */
  canonical?: string | null;
  title?: string;
  referrer?: string | undefined;
  /** Which part of the tag saw it: `page`, `api`, `attribute`, `datalayer`, … */
  reader?: string;
  properties?: Record<string, unknown> | undefined;
  /** Present on `identify`. */
  identity?: WireIdentity | undefined;
}

/**
 * An event as the tag writes it: what was seen, and in this order what the recorder adds to it, whose names would take bytes. The served
 * builds write the keys of `wire-names.json` short as well.
 */
export type WireTuple = [
  seen: Omit<WireEvent, 'id' | 'visitor' | 'session' | 'seq' | 'entry' | 'title' | 'canonical'>,
  id: WireEvent['id'],
  visitor: WireEvent['visitor'],
  session: WireEvent['session'],
  seq: WireEvent['seq'],
  /** 0 of a session that nothing brought: one that goes on in an open page after a silence. */
  entry: WireEvent['entry'] | 0,
  title: WireEvent['title'],
  canonical: WireEvent['canonical'],
];

/** These fields with the long names of those that are written short. */
function long(names: Readonly<Record<string, string>>, fields: unknown): Record<string, unknown> | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const of = new Map(Object.entries(names).map(([name, short]) => [short, name]));
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [of.get(key) ?? key, value]));
}

/**
 * Who listens to what a page or a library of its has made is called by its global in the tag, where that stands anyway; what the page's
 * own script tells by `throughline(…)` is `script` there, and `api` in tags of before November 28, 2026.
 */
const READERS: Readonly<Record<string, string>> = {
  analytics: 'segment',
  dataLayer: 'datalayer',
  // `gtag('event', …)`, by its first argument, so that it and a push are two readers of one act.
  event: 'datalayer',
  jQuery: 'woocommerce',
  script: 'api',
  Shopify: 'shopify',
};

/**
 * What the tag adds to them: for which of Google's accounts it was (`eventGLA`, of several `eventG-1,G-2`, of none
 * `dataLayerundefined`), as each who tells of one act is a reader of its own.
 */
const ACCOUNTS = /(?<=(?:^|,)(?:dataLayer|event))[^,]*(?:,[A-Z]+-[^,]*)*/g;

/** Who saw an event, by the names that it is kept under, each once: `cart,datalayer`. */
const readersOf = (reader: string): string =>
  [
    ...new Set(
      reader
        .replace(ACCOUNTS, '')
        .split(',')
        .map((one) => (Object.hasOwn(READERS, one) ? READERS[one] : one)),
    ),
  ].join(',');

/**
 * An entry of `events` under its names; what is no tuple is given back as it is. Properties are the page's own, whose keys are no business
 * of ours, but for what is read of forms and carts.
 */
export function named(entry: unknown): unknown {
  if (!Array.isArray(entry)) return entry;
  const [seen, id, visitor, session, seq, first, title, canonical] = entry;
  const event = long(SHORT.seen, seen);
  if (!event) return entry;
  const identity = long(SHORT.identity, event['identity']);
  const read = /\b(form|cart)\b/.test(String(event['reader'])) && long(SHORT.properties, event['properties']);
  return {
    ...event,
    ...(typeof event['reader'] === 'string' && { reader: readersOf(event['reader']) }),
    ...(identity && { identity }),
    ...(read && { properties: read }),
    id,
    visitor,
    session,
    seq,
    entry: first,
    title,
    canonical,
  };
}

export interface WireIdentity {
  user_id?: string | number | undefined;
  /** The id that `user_id` is another name for (`alias`). */
  previous_id?: string | number | undefined;
  /** E-mail and phone arrive already hashed by the tag as `email_sha256` and `phone_sha256`, or plain and are hashed here. */
  traits?: Record<string, unknown> | undefined;
  /** HMAC-SHA256 of `user_id` with the site's secret, hex. */
  proof?: string;
}

/** The start of a session in client milliseconds, read from its id; undefined when the id is not the tag's. */
export function sessionStart(session: string): number | undefined {
  const start = /^([0-9a-z]{8,9})\.[A-Za-z0-9_-]+$/.exec(session)?.[1];
  return start === undefined ? undefined : Number.parseInt(start, 36);
}
