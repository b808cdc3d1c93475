import { type IdentifierKind, type IdentityRules, PURCHASE_KINDS } from '@throughline/contract';
import type { Fact } from './fact.ts';
import { lookBackMs } from './look-back.ts';

const OF_A_PURCHASE: ReadonlySet<string> = new Set(PURCHASE_KINDS);

export const namesPurchase = (kind: IdentifierKind): boolean => OF_A_PURCHASE.has(kind);

const isPurchase = ({ identifiers }: Fact) =>
  identifiers.length > 0 && identifiers.every(({ kind }) => namesPurchase(kind));
/** Whether the fact names somebody by more than a purchase. */
export const isPersonal = ({ identifiers }: Fact): boolean =>
  identifiers.some(({ kind }) => !namesPurchase(kind));

interface Standing {
  rules: IdentityRules;
  /** One number for the facts that name one customer so far. */
  customerOf(personal: Fact): number | undefined;
}

/**
 * For each fact of one visitor that names a purchase alone: the personal fact that owns the visitor at that time, by the
 * rule of `spansOf` — in the session, else before, else later within the look-back; a log-out parts them. On a public
 * visitor only the session counts. `facts` are the visitor's, in their order; so are the pairs.
 */
export function standingBy(
  facts: readonly Fact[],
  { rules, customerOf }: Standing,
): [purchase: Fact, personal: Fact][] {
  const ends = endsUnder(rules);
  const people = facts.filter(isPersonal).map(customerOf);
  const shared = new Set(people).size > rules.visitor_customers_max;
  const lookBack = lookBackMs(people, rules);
  /** The next personal fact after each place, and whether a log-out lies before it. */
  const following: { next: Fact | undefined; parted: boolean }[] = [];
  let next: Fact | undefined;
  let parted = false;
  for (let place = facts.length - 1; place >= 0; place -= 1) {
    following[place] = { next, parted };
    if (ends(facts[place]!)) parted = true;
    else if (isPersonal(facts[place]!)) [next, parted] = [facts[place], false];
  }
  const pairs: [Fact, Fact][] = [];
  const starts = claimStarts(facts, ends);
  let last: Fact | undefined;
  for (const [place, fact] of facts.entries()) {
    if (ends(fact)) last = undefined;
    else if (isPersonal(fact)) last = fact;
    if (!isPurchase(fact)) continue;
    const after = following[place]!;
    const near = after.next !== undefined && starts.get(after.next)! - fact.time <= lookBack;
    const owner = ownerAmong(fact, last, { ...after, near });
    if (owner !== undefined && (!shared || inSession(fact, owner))) pairs.push([fact, owner]);
  }
  return pairs;
}

const endsUnder =
  ({ logout_ends_ownership }: IdentityRules) =>
  ({ link }: Fact) =>
    logout_ends_ownership && link.kind === 'logout';

/**
 * The facts of one visitor that name purchases alone, in groups that no log-out parts. Only those made in a session: what
 * a server or a till tells is not one browser's.
 */
export function purchasesTogether(facts: readonly Fact[], rules: IdentityRules): Fact[][] {
  const ends = endsUnder(rules);
  const groups: Fact[][] = [[]];
  for (const fact of facts) {
    if (ends(fact)) groups.push([]);
    else if (isPurchase(fact) && fact.link.session_id !== '') groups.at(-1)!.push(fact);
  }
  return groups.filter((group) => group.length > 1);
}

const inSession = (purchase: Fact, fact: Fact | undefined) =>
  fact !== undefined && fact.link.session_id !== '' && fact.link.session_id === purchase.link.session_id;

/** From when each personal fact claims the visitor: its session's start, or the log-out that divides the session. */
function claimStarts(facts: readonly Fact[], ends: (fact: Fact) => boolean): Map<Fact, number> {
  const starts = new Map<Fact, number>();
  let loggedOut = Number.NEGATIVE_INFINITY;
  for (const fact of facts) {
    if (ends(fact)) loggedOut = fact.time + 1;
    else starts.set(fact, Math.max(Date.parse(fact.link.session_started_at), loggedOut));
  }
  return starts;
}

function ownerAmong(
  purchase: Fact,
  last: Fact | undefined,
  { next, parted, near }: { next: Fact | undefined; parted: boolean; near: boolean },
): Fact | undefined {
  if (last !== undefined && (inSession(purchase, last) || !inSession(purchase, next) || parted)) return last;
  return near ? next : undefined;
}
