import { BUILT_IN_PROPERTIES, IDENTIFIER_KINDS, LIMITS, OPERATORS } from '@throughline/contract';
import {
  amount,
  count,
  either,
  list,
  map,
  note,
  object,
  oneOf,
  ref,
  type Schema,
  text,
  yes,
} from './schema.ts';

const instant = (edge: string) =>
  note(text, `An ISO 8601 instant, or a date (2026-11-22) in the site's zone; ${edge}.`);
const range = { from: instant('inclusive'), to: instant('exclusive') };
const per = oneOf('person', 'visitor', 'session');
const seconds = { type: 'number', exclusiveMinimum: 0 };
const stretch = { type: 'array', items: count, minItems: 2, maxItems: 2 };

/** What callers send. */
export const requestSchemas: Readonly<Record<string, Schema>> = {
  Filter: object({
    property: note(
      text,
      `One of ${BUILT_IN_PROPERTIES.join(', ')}; or properties.<name> of the event; or traits.<name> of the person.`,
    ),
    op: oneOf(...OPERATORS),
    'value?': note(
      either(text, amount, yes, list(either(text, amount))),
      'A list for in and not_in; absent for exists and not_exists.',
    ),
  }),
  EventMatch: object({ event: text, 'where?': ref('Filters') }),
  Filters: { type: 'array', items: ref('Filter'), maxItems: LIMITS.filters_max },
  Segment: object({
    'did?': list(ref('EventMatch')),
    'did_not?': list(ref('EventMatch')),
    'where?': ref('Filters'),
  }),
  FunnelStep: note(
    object({
      'event?': text,
      'where?': ref('Filters'),
      'any_of?': list(ref('EventMatch')),
      'optional?': yes,
      'label?': text,
    }),
    'Either event (with where) or any_of.',
  ),
  FunnelRequest: object({
    ...range,
    steps: { type: 'array', items: ref('FunnelStep'), minItems: 1, maxItems: LIMITS.funnel_steps_max },
    'window_s?': note(seconds, 'From the first step to the last; 30 days unless said.'),
    'order?': note(
      oneOf('ordered', 'strict', 'any'),
      'ordered (default): other events may lie between; strict: no other step’s event may; any: any order.',
    ),
    'per?': per,
    'exclude?': list({
      allOf: [
        ref('EventMatch'),
        object({ 'between?': note(stretch, 'Steps from 1; the whole funnel unless said.') }),
      ],
    }),
    'breakdown?': object({
      property: text,
      'attribution?': oneOf('first', 'last', 'step'),
      'step?': count,
    }),
    'segment?': ref('Segment'),
  }),
  PathsRequest: object({
    ...range,
    'start?': ref('EventMatch'),
    'end?': note(ref('EventMatch'), 'Counts backwards; not together with start.'),
    'depth?': { type: 'integer', minimum: 2, maximum: 10 },
    'window_s?': seconds,
    'per?': per,
    'nodes_per_step?': count,
    'segment?': ref('Segment'),
  }),
  MapRequest: object({ ...range, 'per?': per, 'segment?': ref('Segment') }),
  OverviewRequest: object({ ...range, 'segment?': ref('Segment') }),
  PeopleRequest: object({
    of: either(
      object({
        report: { const: 'funnel' },
        request: ref('FunnelRequest'),
        step: count,
        state: oneOf('reached', 'dropped'),
        'breakdown_value?': text,
        'stitched?': yes,
      }),
      object({
        report: { const: 'paths' },
        request: ref('PathsRequest'),
        'node?': text,
        'link?': object({ source: text, target: text }),
      }),
      object({
        report: { const: 'map' },
        request: ref('MapRequest'),
        'stage?': text,
        'leaks?': yes,
        'touchpoint?': text,
        'move?': object({ source: text, target: text }),
        'channel?': text,
        'friction?': yes,
        'answers?': yes,
        'buyers?': yes,
        'stitched?': yes,
      }),
      object({
        report: { const: 'overview' },
        request: ref('OverviewRequest'),
        what: oneOf('people', 'known', 'buyers'),
        'channel?': text,
        'date?': note(text, 'A day of the site’s zone, such as 2026-11-22.'),
      }),
      object({ report: { const: 'everyone' }, request: ref('OverviewRequest') }),
    ),
    'search?': text,
    'limit?': { type: 'integer', minimum: 1, maximum: LIMITS.people_page_max },
    'after?': note(text, '`next` of the page before.'),
  }),
  MendRequest: note(
    object({
      'cut?': object({
        event_id: note(text, 'The event whose evidence is taken back.'),
        'all?': note(yes, 'Everything that ties its browser to the same person.'),
      }),
      'join?': object({ people: { type: 'array', items: text, minItems: 2, maxItems: 2 } }),
      'forget?': object({
        person: text,
        kind: oneOf(...IDENTIFIER_KINDS),
        value: note(text, 'As the customer page shows it, or whole.'),
      }),
      'disown?': note(
        object({ visitor_id: text, session_id: text }),
        'One visit of a browser is nobody’s, although others of it are somebody’s.',
      ),
      'undo?': object({ mend: text }),
      reason: { type: 'string', minLength: 1, maxLength: 500 },
      'author?': { type: 'string', minLength: 1, maxLength: 100 },
    }),
    'Exactly one of cut, join, forget, disown and undo.',
  ),
  IdentityRules: object({
    'kinds?': note(
      map(object({ strength: oneOf('strong', 'weak'), max_customers: count })),
      `By kind (${IDENTIFIER_KINDS.join(', ')}): whether it alone proves that it is the same person, and with how many customers it is seen before it joins nobody any more; 0 turns the kind off.`,
    ),
    'blocked_values?': note(list(text), 'Lower-case values that name nobody.'),
    'look_back_days?': note(count, 'How far back an identify claims what its browser did before.'),
    'look_back_alone_days?': note(
      count,
      'The same on a browser that nobody else was ever identified on. Default: look_back_days where that was set, else 365.',
    ),
    'visitor_customers_max?': note(
      count,
      'With more customers than this a browser is public: a till, a kiosk.',
    ),
    'logout_ends_ownership?': yes,
    'proof_required?': note(yes, 'Whether a browser’s identify needs a proof to count.'),
  }),
  IdentityRulesRequest: note(object({ rules: ref('IdentityRules') }), 'What is left out keeps its default.'),
  SignInRequest: object({ token: note(text, 'What stands behind # in a one-time link.') }),
  SiteRequest: object({
    name: { type: 'string', minLength: 1, maxLength: 100 },
    'hosts?': note(list(text), 'Hosts whose pages may send events; *. allows sub-domains; none: any.'),
    'timezone?': note(text, 'IANA zone.'),
    'currency?': note(text, 'ISO 4217.'),
    'plain_identifiers?': note(
      yes,
      'Keep e-mail and phone readable, for good: a hash never equals a readable one. Default false.',
    ),
  }),
  TagRequest: object({ tag: oneOf('complete', 'core') }),
  KeyRequest: object({ kind: oneOf('write', 'secret') }),
  EraseRequest: either(
    object({ person: text }),
    object({ identifier: object({ kind: oneOf(...IDENTIFIER_KINDS), value: text }) }),
  ),
};
