import { type IdentityRules, LIMITS } from '@throughline/contract';
import type { Fact } from './fact.ts';

/** One customer's hold on a visitor: from the start of a session, or of what a logout left of it. Milliseconds. */
export interface Claim {
  from: number;
  /** The last identify that this claim rests on. */
  until: number;
  /** Where a logout ends it; infinity when none does. */
  left: number;
  session_id: string;
  person_id: string;
  /** event_id of the first identify. */
  evidence: string;
}

/**
 * The claims on one visitor, `from` strictly rising. `facts` are the visitor's, in their order. On a public visitor each
 * claim ends where its session surely does.
 */
export function claimsOf(
  facts: readonly Fact[],
  ownerOf: (fact: Fact) => string,
  rules: IdentityRules,
): Claim[] {
  const claims: Claim[] = [];
  /** Sessions with an identify since the last logout. */
  const seen = new Set<string>();
  let loggedOut = Number.NEGATIVE_INFINITY;
  for (const fact of facts) {
    const { time, link } = fact;
    const top = claims.at(-1);
    if (link.kind === 'logout') {
      if (!rules.logout_ends_ownership) continue;
      loggedOut = time + 1;
      seen.clear();
      if (top !== undefined) top.left = Math.min(top.left, loggedOut);
      continue;
    }
    const person_id = ownerOf(fact);
    const { session_id } = link;
    const again = session_id !== '' && seen.has(session_id);
    if (again && top?.session_id === session_id && top.person_id === person_id) {
      top.until = time;
      continue;
    }
    const start = again ? time : Math.max(Date.parse(link.session_started_at), loggedOut);
    seen.add(session_id);
    const claim: Claim = {
      from: Math.min(time, start),
      until: time,
      left: Number.POSITIVE_INFINITY,
      session_id,
      person_id,
      evidence: link.event_id,
    };
    append(claims, claim);
  }
  if (isPublic(claims, rules)) for (const claim of claims) claim.left = Math.min(claim.left, sureEnd(claim));
  return claims;
}

/** Whether so many customers have a hold on the visitor that it is nobody's own. */
export const isPublic = (claims: readonly { person_id: string }[], rules: IdentityRules): boolean =>
  new Set(claims.map(({ person_id }) => person_id)).size > rules.visitor_customers_max;

/** Up to then the session of the claim goes on for sure; what has no session is over at once. */
export const sureEnd = ({ session_id, until }: Pick<Claim, 'session_id' | 'until'>): number =>
  session_id === '' ? until + 1 : until + LIMITS.session_silence_ms;

function append(claims: Claim[], claim: Claim): void {
  // An identify without a session may lie inside a session that the same customer claims whole.
  while (claims.at(-1)?.person_id === claim.person_id && claims.at(-1)!.from >= claim.from) claims.pop();
  const top = claims.at(-1);
  if (top !== undefined && top.person_id !== claim.person_id) claim.from = Math.max(claim.from, top.until);
  // Two identifies in one millisecond: the later in order holds.
  if (top !== undefined && top.from === claim.from) claims.pop();
  claims.push(claim);
}
