import type { Customer, Identifier, IdentityRules, Link, OwnerRule, OwnerSpan } from '@throughline/contract';
import { chain } from './chain.ts';
import { effective } from './effective.ts';

/** Why a stretch of a visitor's time belongs to a person: what a page needs to say it in any language. */
export interface Explanation {
  rule: OwnerRule;
  /** The link that decided it; absent for `nobody`, or when the link was not among those given. */
  evidence?: Link;
  /** Who the evidence named. */
  identifiers: Identifier[];
  /**
   * The links that lead, name by name, from the evidence to the customer's strongest identifier. Empty when the evidence
   * says that one itself, or when only the purchase rule of `joinIdentifiers` connects them.
   */
  chain: Link[];
}

export interface ExplainOptions {
  /** The session that is looked at; see below. */
  session_id?: string;
  /** Whom the span names. Without it there is no chain. */
  customer?: Customer;
  rules: IdentityRules;
}

/**
 * Looks the span's evidence up among the links that hang together with the visitor. With `session_id`, the rule is
 * that session's: a span's `identified_before` becomes `identified_in_session` where the evidence lies in this very
 * session (a span cannot know how long the session went on after the last link in it).
 */
export function explain(span: OwnerSpan, links: readonly Link[], options: ExplainOptions): Explanation {
  const { session_id = '', customer, rules } = options;
  const found = links.find((link) => link.event_id === span.evidence && link.kind !== 'cut');
  if (found === undefined) return { rule: span.rule, identifiers: [], chain: [] };
  const facts = effective(links, rules, found.site);
  const evidence = facts.find(({ link }) => link.event_id === span.evidence && link.kind !== 'logout')?.link;
  if (evidence === undefined) return { rule: span.rule, identifiers: [], chain: [] };
  const inSession = session_id !== '' && evidence.session_id === session_id;
  return {
    rule: span.rule === 'identified_before' && inSession ? 'identified_in_session' : span.rule,
    evidence,
    identifiers: evidence.identifiers,
    chain: customer === undefined ? [] : chain(facts, evidence.identifiers, customer.identifiers),
  };
}
