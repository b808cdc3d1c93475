import { type IdentityRules, LIMITS, type OwnerRule, type OwnerSpan } from '@throughline/contract';
import { type Claim, claimsOf, isPublic } from './claims.ts';
import type { Fact } from './fact.ts';
import { lookBackMs } from './look-back.ts';
import { isPersonal } from './standing-by.ts';

/**
 * Who owns which stretch of one visitor's time. `facts` are the visitor's, in their order. For an event of the
 * visitor, in this order of precedence:
 *
 * 1. The event's session has an identify: it belongs to the customer of the last one at or before the event, else
 *    of the first one after it. A logout divides a session: only identifies on the event's side of it count.
 * 2. Else the customer last identified on the visitor before the event, unless a logout lies between.
 * 3. Else the customer first identified on the visitor after it, when the event is at most `look_back_days`
 *    (`look_back_alone_days` where nobody else was ever identified on the visitor)
 *    older than the start of that customer's session (or than the logout that divides it). A logout on the way does
 *    not stop this: it says who left, not who comes.
 * 4. Else nobody.
 *
 * On a public visitor (more than `visitor_customers_max` customers) 2 and 3 do not hold.
 *
 * A logout takes effect one millisecond later, so that the logout itself belongs to the one who left. Sessions of one
 * visitor that overlap (two clocks) contradict rule 1 for spans of time; there a customer's claim reaches back no
 * further than the last identify of another customer.
 *
 * Rules tell 1 from 2 as far as links can: up to `session_silence_ms` after an identify the session is surely the
 * same. From there it is `identified_before`, and `explain` with the session's id puts it right.
 */
export function spansOf(
  facts: readonly Fact[],
  ownerOf: (fact: Fact) => string,
  rules: IdentityRules,
): OwnerSpan[] {
  const claims = claimsOf(facts, ownerOf, rules);
  const lookBack = isPublic(claims, rules) ? 0 : lookBackMs(facts.filter(isPersonal).map(ownerOf), rules);
  const spans: OwnerSpan[] = [];
  const push = (from: number, rule: OwnerRule, claim?: Claim) =>
    spans.push({
      from: new Date(from).toISOString(),
      person_id: claim?.person_id ?? '',
      rule,
      evidence: claim?.evidence ?? '',
    });

  for (const [place, claim] of claims.entries()) {
    if (place === 0 && lookBack > 0) push(claim.from - lookBack, 'identified_later', claim);
    push(claim.from, 'identified_in_session', claim);

    const next = claims[place + 1];
    const end = next?.from ?? Number.POSITIVE_INFINITY;
    const left = Math.min(claim.left, end);
    const surelySame = claim.until + LIMITS.session_silence_ms;
    if (surelySame < left) push(surelySame, 'identified_before', claim);
    if (left >= end) continue;

    const later = next === undefined ? Number.POSITIVE_INFINITY : Math.max(left, next.from - lookBack);
    if (later > left) push(left, 'nobody');
    if (next !== undefined && later < end) push(later, 'identified_later', next);
  }
  return spans;
}
