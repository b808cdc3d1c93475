import { isMap } from '../steps/check-shape.ts';
import type { Arrival, Incoming } from '../steps/incoming.ts';
import { type Fields, fieldsOf, own, textOf } from '../steps/text.ts';
import { millisecondsOf } from '../steps/time.ts';

export const CALL_TYPES = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof CALL_TYPES)[number];

/** Properties of a page call that have columns of their own; `search` would bring the query string back in. */
const PAGE_KEYS = new Set(['url', 'path', 'title', 'referrer', 'search']);

const without = (fields: Fields, keys: ReadonlySet<string>): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.has(key)));

/** When the sender sent, by its own clock: of the call, else of the batch. */
export const sentOf = (...places: Fields[]): number | undefined =>
  places.map((fields) => millisecondsOf(own(fields, 'sentAt'))).find((sent) => sent !== undefined);

/** One call of Segment's specification (https://segment.com/docs/connections/spec/) in our words. `index`: its place in the batch. */
export function incomingOf(
  call: Fields,
  type: CallType,
  index: number,
  source: 'server' | 'import',
): Incoming {
  const context = fieldsOf(own(call, 'context')) ?? {};
  const page = fieldsOf(own(context, 'page')) ?? {};
  const session = fieldsOf(own(context, 'session'));
  const entry = session && fieldsOf(own(session, 'entry'));
  const said = type === 'group' ? own(call, 'traits') : own(call, 'properties');
  const properties = fieldsOf(said) ?? {};
  const viewed = type === 'page' || type === 'screen';
  const pick = (key: string) => (viewed ? own(properties, key) : undefined) ?? own(page, key);
  return {
    source,
    reader: type,
    event_id: own(call, 'messageId'),
    visitor_id: own(call, 'anonymousId'),
    user_id: own(call, 'userId') ?? undefined,
    proof: own(context, 'proof'),
    previous_id: type === 'alias' ? (own(call, 'previousId') ?? undefined) : undefined,
    session_id: own(context, 'sessionId'),
    name: type === 'track' ? own(call, 'event') : viewed ? 'page_viewed' : type,
    at: own(call, 'timestamp') ?? own(call, 'originalTimestamp'),
    // Events of one millisecond keep the order of the batch.
    seq: index,
    url: pick('url'),
    title: pick('title') ?? (viewed ? own(call, 'name') : undefined),
    referrer: pick('referrer'),
    entry: entry && { url: own(entry, 'url'), referrer: own(entry, 'referrer') },
    campaign: own(context, 'campaign') ?? undefined,
    // What is no map goes on as it is: the steps refuse it.
    properties: isMap(said)
      ? propertiesOf(call, type, viewed ? without(properties, PAGE_KEYS) : properties)
      : said,
    traits: type === 'group' ? undefined : (own(call, 'traits') ?? own(context, 'traits')),
    user_agent: own(context, 'userAgent'),
    address: own(context, 'ip'),
  };
}

function propertiesOf(call: Fields, type: CallType, properties: Fields): Fields {
  if (type === 'group')
    return { group_id: textOf(own(call, 'groupId'), 256), ...fieldsOf(own(call, 'traits')) };
  const category = own(call, 'category');
  return category === undefined || type === 'track' ? properties : { category, ...properties };
}

/** A browser that talks to the API itself is the visitor: its own headers count where the call tells nothing. */
export function fromBrowser(incoming: Incoming, arrival: Arrival): Incoming {
  return {
    ...incoming,
    browser: true,
    user_agent: incoming.user_agent ?? arrival.user_agent,
    address: incoming.address ?? arrival.address,
  };
}
