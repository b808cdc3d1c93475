import type { Identifier, Link, OwnerRule, OwnerSpan } from '@throughline/contract';

/** Why a stretch of a visitor's time belongs to a person: what a page needs to say it in any language. */
export interface Explanation {
  rule: OwnerRule;
  /** The link that decided it; absent for `nobody`, or when the link was not among those given. */
  evidence?: Link;
  /** Who the evidence named. */
  identifiers: Identifier[];
}

/**
 * Looks the span's evidence up among the visitor's links. With `session_id`, the rule is that session's: a span's
 * `identified_before` becomes `identified_in_session` where the evidence lies in this very session (a span cannot
 * know how long the session went on after the last link in it).
 */
export function explain(span: OwnerSpan, links: readonly Link[], session_id = ''): Explanation {
  const evidence = links.find(
    (link) => link.event_id === span.evidence && link.kind !== 'logout' && link.kind !== 'cut',
  );
  if (evidence === undefined) return { rule: span.rule, identifiers: [] };
  const inSession = session_id !== '' && evidence.session_id === session_id;
  const rule = span.rule === 'identified_before' && inSession ? 'identified_in_session' : span.rule;
  return { rule, evidence, identifiers: evidence.identifiers };
}
