import type { RefusalReason } from '@throughline/contract';
import { LIMITS } from '@throughline/contract';

/** For each reason, to the developer whose event was refused: what is wrong, and what to do. */
export const ADVICE: Readonly<Record<RefusalReason, string>> = {
  malformed:
    'This cannot be read; send each event as a JSON object of a known type, and its properties and traits as objects.',
  unknown_site: 'There is no site with this key; copy the snippet from its set-up page again.',
  wrong_key: 'The write key opens no site; copy it again, or make a new one for this site.',
  wrong_signature:
    'The signature does not fit the body; give this site the secret that the platform signs with.',
  wrong_origin: 'This page is on none of the hosts of the site; add its host in the site’s settings.',
  too_large: `The body is larger than ${LIMITS.body_bytes_max} bytes; send fewer events in one request.`,
  too_many_events: `A batch holds at most ${LIMITS.batch_events_max} events; send the rest in another request.`,
  too_deep: `This is nested more than ${LIMITS.depth_max} levels deep; send fewer levels.`,
  missing_event_id: 'The event has no id; give each event one of its own, and a repeat the same one.',
  missing_name: 'The event has no name; send one of at least one visible character.',
  missing_visitor: 'The event names nobody; send the visitor’s anonymous id, the user’s id, or both.',
  bad_time: `The timestamp cannot be used; send ISO 8601 text of the last ${LIMITS.history_years_max} years, not in the future.`,
  bad_identifier: 'Nothing in the event can name a customer; send a user id, e-mail or phone of one person.',
  rate_limited:
    'Too many events came from one address or with one key; send them again after the time in Retry-After.',
  no_consent: 'The visitor did not consent; send events only after they did.',
  store_refused: 'The store could not keep the event; see the collector’s log, and report it.',
};
