import type { IdentityRules } from './link.ts';

/** `GET /api/sites/:site/identity-rules`, and the answer to a change. */
export interface IdentityRulesView {
  /** By which the site lives: its own over the defaults. */
  rules: IdentityRules;
  /** What the site itself says; empty for the defaults. */
  own: Partial<IdentityRules>;
  /** Everybody is being resolved again by them; reports still change until that is done. */
  applying: boolean;
}

/** `POST /api/sites/:site/identity-rules` puts them in place of the site's own; `…/try` only says what would change. */
export interface IdentityRulesRequest {
  rules: Partial<IdentityRules>;
}

/** What changed rules would do to what is stored. Nothing is changed by asking. */
export interface RulesTrialView {
  customers: { before: number; after: number };
  /** Customers made of several of today's. */
  joined: number;
  /** Customers of today that fall into several. */
  split: number;
  /** Customers of today whom nobody is called by any more, and those who are new. */
  lost: number;
  found: number;
  /** Visits that would be another person's, a stranger's included. */
  visits_moved: number;
  /** Orders that would be another person's, and what they are worth in the site's currency. */
  orders_moved: number;
  revenue_moved: number;
  currency: string;
  /** The cases with most revenue, at most 20. */
  top: RulesTrialCase[];
  /** Visitors looked at; `complete` is false when time ran out before all were. */
  visitors: number;
  complete: boolean;
}

export interface RulesTrialCase {
  kind: 'joined' | 'split';
  /** Person ids: for `joined` the ones of today that become one, for `split` the one of today. */
  people: string[];
  /** How many they would be. */
  becomes: number;
  /** What the identifiers are by which they hang together; hashes by their beginning. */
  identifiers: { kind: string; value: string }[];
  revenue: number;
}
