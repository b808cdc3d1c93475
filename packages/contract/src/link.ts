/** Kinds of identifier, strongest first. The rank decides which one names a customer. */
export const IDENTIFIER_KINDS = [
  'user_id',
  'loyalty_id',
  'email',
  'phone',
  'order_id',
  'checkout_token',
  'cart_token',
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Kinds that name one purchase, not a person. */
export const PURCHASE_KINDS: readonly string[] = [
  'order_id',
  'checkout_token',
  'cart_token',
] satisfies IdentifierKind[];

/** `email` and `phone` values are the SHA-256 (hex) of the normalised value unless the site opted in to plain. */
export interface Identifier {
  kind: IdentifierKind;
  value: string;
}

/**
 * One piece of evidence that ties a visitor's session, or an identifier, to a customer: a row of the
 * `links` table. Links are facts: never rewritten, and every assignment is a pure function of their set.
 */
export interface Link {
  site: string;
  /** The event it was read from; for an operator's link an id of its own. Identity of the fact. */
  event_id: string;
  kind: LinkKind;
  visitor_id: string;
  session_id: string;
  /** ISO 8601 UTC with milliseconds, like every time here. */
  session_started_at: string;
  time: string;
  seq: number;
  /** Empty for `logout` and `cut`. For `alias` and `join`: those that name one customer. For `forget`: the one that names nobody any more. */
  identifiers: Identifier[];
  traits: Record<string, string>;
  /** The claim was signed, came from a server, or the site asks for no proof. */
  proven: boolean;
  source: string;
  /** Who made it: '' for recorded events, an operator's name otherwise. */
  author: string;
  reason: string;
  /**
   * For `cut`: the event_id of the link it takes back. For `disown`: the last instant of the visit, which begins at
   * `session_started_at`.
   */
  target: string;
  segment: string;
}

/**
 * `join`, `forget`, `disown` and `cut` are an operator's; a `cut` may take any of them back, another cut included. `disown`
 * says of one visit that it is nobody's.
 */
export type LinkKind = 'identify' | 'alias' | 'logout' | 'join' | 'forget' | 'disown' | 'cut';

/** Why a stretch of a visitor's time belongs to a person. */
export type OwnerRule =
  /** The customer was identified in this very session. */
  | 'identified_in_session'
  /** The customer last identified on this visitor before, with no logout between. */
  | 'identified_before'
  /** The customer first identified on this visitor afterwards, within the look-back. */
  | 'identified_later'
  /** After a logout, with nobody identified within the look-back: the visitor itself. */
  | 'nobody'
  /** An operator said that this visit is nobody's: the visitor itself. */
  | 'disowned';

/** From `from` until the next span, the visitor's events belong to `person_id`. */
export interface OwnerSpan {
  from: string;
  /** '' for the rules `nobody` and `disowned`. */
  person_id: string;
  rule: OwnerRule;
  /** event_id of the link that decided it; '' for `nobody`. */
  evidence: string;
}

/** What the resolver says of one visitor; visitors without any link have no assignment. */
export interface Assignment {
  site: string;
  visitor_id: string;
  /** Sorted by `from`, at least one. Before the first span the visitor itself is the person. */
  spans: OwnerSpan[];
}

/** A known person: at least one identifier. */
export interface Customer {
  site: string;
  /** `p_` and 24 hex characters: a function of the customer's strongest identifier and the site alone. */
  person_id: string;
  identifiers: Identifier[];
  traits: Record<string, string>;
  first_identified_at: string;
  last_identified_at: string;
}

/** How links join. Kept per site; `DEFAULT_IDENTITY_RULES` is right for a shop. */
export interface IdentityRules {
  /** Kinds that may join customers, and whether one alone proves it is the same person. */
  kinds: Partial<
    Record<
      IdentifierKind,
      {
        strength: 'strong' | 'weak' /** An identifier seen with more user_ids than this stops joining. */;
        max_customers: number;
      }
    >
  >;
  /** Identifier values (after normalising, before hashing) that never name anybody. Lower case. */
  blocked_values: string[];
  look_back_days: number;
  /** The same on a visitor that one customer alone was ever identified on: nobody else is there whose it could be. */
  look_back_alone_days: number;
  /**
   * A visitor that more customers than this are identified on is public: a till, a kiosk, the shop's own tablet. There
   * only the session of an identify is its customer's (without sessions the event itself), nothing before and after.
   */
  visitor_customers_max: number;
  /** Whether a logout ends the ownership of what follows on the visitor. */
  logout_ends_ownership: boolean;
  /** Whether a browser's identify needs a proof to count. */
  proof_required: boolean;
}

export const DEFAULT_IDENTITY_RULES: IdentityRules = {
  kinds: {
    user_id: { strength: 'strong', max_customers: 1 },
    loyalty_id: { strength: 'weak', max_customers: 2 },
    email: { strength: 'weak', max_customers: 3 },
    phone: { strength: 'weak', max_customers: 3 },
    order_id: { strength: 'weak', max_customers: 1 },
    checkout_token: { strength: 'weak', max_customers: 1 },
    cart_token: { strength: 'weak', max_customers: 1 },
  },
  blocked_values: [
    'null',
    'nil',
    'none',
    'undefined',
    'anonymous',
    'anon',
    'guest',
    'unknown',
    'nan',
    'true',
    'false',
    'user',
    'admin',
    'test',
    'n/a',
    '\\n',
    '-',
    '-1',
    '0',
    '00000000-0000-0000-0000-000000000000',
    '[object object]',
    'test@test.com',
    'test@example.com',
    'noreply@example.com',
    'email@example.com',
    'a@a.com',
    'khách lẻ',
    'khach le',
    'khách vãng lai',
    'khach vang lai',
    'không có',
    'chưa có',
  ],
  look_back_days: 90,
  look_back_alone_days: 365,
  visitor_customers_max: 6,
  logout_ends_ownership: true,
  proof_required: false,
};
