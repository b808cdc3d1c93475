import { type Fields, fieldsOf, own } from '../steps/text.ts';

/** How a place inside one event is written: `events[3]` and `name` make `events[3].name`. */
export const within = (outer: string, inner: string): string =>
  outer === '' || inner === '' ? outer + inner : `${outer}.${inner}`;

const SEGMENT: Readonly<Record<string, string>> = {
  event_id: 'messageId',
  user_id: 'userId',
  previous_id: 'previousId',
  name: 'event',
};

/** What Segment calls the field of Incoming that was refused in this call of this type. */
export function segmentPlace(call: unknown, type: string, field: string): string {
  const fields: Fields = fieldsOf(call) ?? {};
  const says = (key: string) => (own(fields, key) ?? undefined) !== undefined;
  if (field === 'visitor_id') return says('anonymousId') && !says('userId') ? 'anonymousId' : 'userId';
  // A group's traits become the event's properties.
  if (field === 'properties' && type === 'group') return 'traits';
  if (field === 'at') return says('timestamp') ? 'timestamp' : 'originalTimestamp';
  if (field === 'traits') return says('traits') ? 'traits' : 'context.traits';
  return SEGMENT[field] ?? field;
}

const TAG: Readonly<Record<string, string>> = {
  event_id: 'id',
  user_id: 'identity.user_id',
  previous_id: 'identity.previous_id',
  traits: 'identity.traits',
};

/** Where in a WireBatch it stands: the visitor is the batch's, everything else the event's. */
export const tagPlace = (index: number, field: string): string =>
  field === 'visitor_id' ? 'visitor' : within(`events[${index}]`, TAG[field] ?? field);

const PIXEL: Readonly<Record<string, string>> = { event_id: 'id', visitor_id: 'v', user_id: 'u', name: 'e' };

/** The parameter of the picture's address. */
export const pixelPlace = (field: string): string => PIXEL[field] ?? field;
