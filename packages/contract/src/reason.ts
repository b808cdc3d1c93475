/** Why an event was refused. The ledger counts each by this name; nothing is dropped without one. */
export const REFUSAL_REASONS = [
  'malformed',
  'unknown_site',
  'wrong_key',
  'wrong_signature',
  'wrong_origin',
  'too_large',
  'too_many_events',
  'too_deep',
  'missing_event_id',
  'missing_name',
  'missing_visitor',
  'bad_time',
  'bad_identifier',
  'rate_limited',
  'no_consent',
  'store_refused',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
