/**
 * Requests and answers of the query API: `POST /api/sites/:site/<report>`. `from` is inclusive, `to`
 * exclusive; both are an ISO 8601 instant or a date (`2026-11-22`) in the site's zone.
 */
export interface Range {
  from: string;
  to: string;
}

export const OPERATORS = [
  'eq',
  'neq',
  'in',
  'not_in',
  'contains',
  'not_contains',
  'gt',
  'gte',
  'lt',
  'lte',
  'exists',
  'not_exists',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Built-in properties of an event; besides these, `properties.<name>` and `traits.<name>`. */
export const BUILT_IN_PROPERTIES = [
  'path',
  'url',
  'host',
  'title',
  'referrer',
  'referrer_host',
  'channel',
  'source',
  'medium',
  'campaign',
  'term',
  'content',
  'device',
  'browser',
  'os',
  'country',
  'product_id',
  'product_name',
  'sku',
  'brand',
  'category',
  'order_id',
  'cart_token',
  'currency',
  'total',
  'subtotal',
  'discount',
  'tax',
  'shipping',
  'reader',
] as const;
export type BuiltInProperty = (typeof BUILT_IN_PROPERTIES)[number];

export interface Filter {
  property: string;
  op: Operator;
  /** A list for `in` and `not_in`; absent for `exists` and `not_exists`. */
  value?: string | number | boolean | (string | number)[];
}

export interface EventMatch {
  event: string;
  where?: Filter[];
}

/** People the whole report is narrowed to: those with (or without) an event, or with traits. */
export interface Segment {
  /** The person did each of these in the range. */
  did?: EventMatch[];
  did_not?: EventMatch[];
  /** `traits.<name>` filters, and built-ins of any of the person's events in the range. */
  where?: Filter[];
}

/**
 * What a report counts. Per `session` it counts visits and what happened in them: what a server tells on its own (an order
 * webhook, an identify call) belongs to none, so that its orders are in the revenue per person and not per session.
 */
export type Per = 'person' | 'visitor' | 'session';

export interface FunnelStep {
  event?: string;
  where?: Filter[];
  any_of?: EventMatch[];
  optional?: boolean;
  label?: string;
}

/**
 * An order is one event, however often it was told (by the browser, a webhook, an import): only the telling that stands
 * for it is looked at, as on the map. Filters on `order_completed` therefore ask that telling, nearly always the browser's.
 */
export interface FunnelRequest extends Range {
  steps: FunnelStep[];
  /** From the first step to the last, seconds. Default 30 days. */
  window_s?: number;
  /**
   * `ordered`: other events may lie between. `strict`: no other step's event may. `any`: step k is reached when
   * the steps up to k are all done, in any order. Default `ordered`.
   */
  order?: 'ordered' | 'strict' | 'any';
  per?: Per;
  /** Events that end an attempt; `between` counts steps from 1 and defaults to the whole funnel. */
  exclude?: (EventMatch & { between?: [number, number] })[];
  breakdown?: { property: string; attribution?: 'first' | 'last' | 'step'; step?: number };
  segment?: Segment;
}

export interface FunnelStepView {
  /** From 1. */
  step: number;
  label: string;
  people: number;
  /** 0 to 1. */
  conversion_from_start: number;
  /** 0 to 1, of the people of the nearest required step before. */
  conversion_from_previous: number;
  /** Seconds since that step, when this one was first reached; null for the first step or when nobody reached it. */
  median_s_from_previous: number | null;
}

export interface FunnelView {
  steps: FunnelStepView[];
  breakdown?: { value: string; steps: FunnelStepView[] }[];
  /** Share (0 to 1) of the people in step 1 whose furthest step no single visitor of theirs reached alone. */
  stitched_share: number;
  /** The same funnel with every visitor taken as a person of its own. */
  without_stitching: { steps: FunnelStepView[] };
}

export interface PathsRequest extends Range {
  /** Count paths from this event on (the first one in the range); default: the first event of the range. */
  start?: EventMatch;
  /** Count paths backwards from the last such event, which is step 1 then. Not together with `start`. */
  end?: EventMatch;
  /** Columns, 2 to 10. Default 5. */
  depth?: number;
  /** Longest time from the first to the last column, seconds. Default 30 days. */
  window_s?: number;
  per?: Per;
  /** Events shown by name per column before the rest become `other`. Default 8. */
  nodes_per_step?: number;
  segment?: Segment;
}

export interface PathsView {
  people: number;
  /** `id` is `<step>:<event>`; `other` gathers the rare events, `exit` those who did nothing more. */
  nodes: { id: string; step: number; event: string; label: string; people: number }[];
  /** The people of a node are the sum of its incoming links (step 1: of its outgoing ones). */
  links: { source: string; target: string; people: number; median_s: number | null }[];
}

export interface MapRequest extends Range {
  per?: Per;
  segment?: Segment;
}

/**
 * The journey map. A person's journey is their events in the range; a stage is *reached* by a person
 * with at least one event that stands in it. Only visits arrive (`aware`) and come back (`return`), each once, for the
 * person who came: events with a session, a page or a channel of their own. What a server tells on its own stands where its name is mapped, an
 * identify call nowhere, and a second telling of an order nowhere either.
 */
export interface MapView {
  people: number;
  stages: MapStage[];
  touchpoints: MapTouchpoint[];
  /** From the first time in one stage to the first time in a later one with no stage entered between. */
  moves: { source: string; target: string; people: number; median_s: number | null }[];
  channels: { channel: string; people: number; buyers: number; revenue: number }[];
  revenue: number;
  currency: string;
  /** Share of the people whose journey joins two or more visitors. */
  stitched_share: number;
  /** If every visitor were a person of its own: the people and buyers of the same map per visitor. Lists nobody. */
  without_stitching: { people: number; buyers: number };
}

export interface MapStage {
  stage: string;
  people: number;
  events: number;
  /** People whose furthest stage this is, who did not buy. 0 for purchase and return. */
  leaks: number;
  /** 0 to 1: of the people here, those who also reached a later stage. */
  conversion_to_next: number | null;
  median_s_to_next: number | null;
  /** People with a rage_click, error_seen or form_abandoned in a session whose latest stage was this one. */
  friction: number;
  /** Answers 0 to 10 to survey_answered (property `score`) given while this was the person's furthest stage. */
  satisfaction: {
    answers: number;
    /** Who gave them; one person may answer more than once. */
    people: number;
    average: number | null;
    nps: number | null;
  };
  revenue: number;
}

export interface MapTouchpoint {
  /** `<stage>/<event>` or `aware/<channel>` for the arrival by a channel. */
  id: string;
  stage: string;
  kind: 'event' | 'channel';
  /** The event's name or the channel. */
  name: string;
  people: number;
  events: number;
  buyers: number;
  friction: number;
}

/** Which number's people to list. Every variant carries the very request whose number was clicked. */
export type PeopleOf =
  | {
      report: 'funnel';
      request: FunnelRequest;
      step: number;
      state: 'reached' | 'dropped';
      breakdown_value?: string;
      /** Those counted in `stitched_share`, with `step` 1 and state `reached`. */
      stitched?: boolean;
    }
  | { report: 'paths'; request: PathsRequest; node?: string; link?: { source: string; target: string } }
  | {
      report: 'map';
      request: MapRequest;
      stage?: string;
      leaks?: boolean;
      touchpoint?: string;
      move?: { source: string; target: string };
      channel?: string;
      /** With `stage` or `touchpoint`: those with friction there. */
      friction?: boolean;
      /** With `stage`: those who gave an answer there. */
      answers?: boolean;
      /** With any of the above or alone: only those who bought. */
      buyers?: boolean;
      /** Those counted in `stitched_share`. */
      stitched?: boolean;
    }
  | {
      report: 'overview';
      request: OverviewRequest;
      what: 'people' | 'known' | 'buyers';
      /** Those of this channel, as in `channels`. */
      channel?: string;
      /** Those of this day, as in `days`: with an event on it, or, for buyers, an order. */
      date?: string;
    }
  | { report: 'everyone'; request: Range & { segment?: Segment } };

export interface PeopleRequest {
  of: PeopleOf;
  /** Finds people by an identifier or a trait, whole value or beginning. */
  search?: string;
  limit?: number;
  /** `next` of the page before. */
  after?: string;
}

export interface PersonSummary {
  /** A person's or a stranger's visitor id; for a report per visitor the visitor's, per session its person's. */
  id: string;
  /** In a report per session: which one is meant. */
  session_id?: string;
  /** A trait such as the name, a readable identifier, or '' for strangers. */
  label: string;
  known: boolean;
  first_seen: string;
  last_seen: string;
  visitors: number;
  /** Visits that they were in. One that two people were in (named one after the other) is in both their numbers. */
  sessions: number;
  events: number;
  orders: number;
  revenue: number;
  /** That of the first visit that has one; `unassigned` when none has. */
  first_channel: string;
  country: string;
}

/** Seen last comes first. */
export interface PeopleView {
  total: number;
  people: PersonSummary[];
  next?: string;
}

export interface CustomerView extends PersonSummary {
  identifiers: { kind: string; value: string; first_seen: string; last_seen: string }[];
  traits: Record<string, string>;
  /** Newest first. */
  sessions_list: CustomerSession[];
  next?: string;
}

export interface CustomerSession {
  session_id: string;
  visitor_id: string;
  started_at: string;
  ended_at: string;
  channel: string;
  campaign: string;
  device: string;
  browser: string;
  os: string;
  country: string;
  /** Why this session belongs to this person. */
  why: {
    rule: string;
    /** From when on the rule holds on this visitor; absent where nobody was ever identified on it. */
    since?: string;
    evidence?: Evidence;
    /** What leads, name by name, from the evidence to the customer's strongest identifier; absent when that is in it. */
    chain?: Evidence[];
  };
  /** Oldest first. */
  events: CustomerEvent[];
}

/** A link as a page shows it; hashes by their beginning. */
export interface Evidence {
  event_id: string;
  kind: string;
  time: string;
  identifiers: { kind: string; value: string }[];
}

export interface CustomerEvent {
  event_id: string;
  time: string;
  name: string;
  stage: string;
  path: string;
  title: string;
  reader: string;
  source: string;
  order_id: string;
  total: number | null;
  currency: string;
  products: { product_id: string; name: string; price: number; quantity: number }[];
  properties: Record<string, string>;
}

export interface OverviewRequest extends Range {
  segment?: Segment;
}

export interface OverviewView {
  people: number;
  known_people: number;
  visitors: number;
  /** Visits, each once, however many people were in it: the sum over `channels`. */
  sessions: number;
  events: number;
  buyers: number;
  orders: number;
  revenue: number;
  currency: string;
  /** Those of `orders` that are in another currency: they count as orders with revenue 0. Always given. */
  other_currency_orders: number;
  /** What robots did: stored, and left out of every other number of every report. Of the whole site, whatever the segment. */
  robots: { events: number; visits: number };
  /** By the site's day. */
  days: { date: string; people: number; buyers: number; orders: number; revenue: number }[];
  /** `sessions` by the visit's own channel, the rest by that of the person's first visit that has one. */
  channels: { channel: string; people: number; sessions: number; buyers: number; revenue: number }[];
}

/** Names found in the site's events, for the builders' menus. */
export interface NamesView {
  events: { name: string; events: number }[];
  properties: string[];
  traits: string[];
}
