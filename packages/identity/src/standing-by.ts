import type { IdentifierKind, IdentityRules } from '@throughline/contract';
import type { Fact } from './fact.ts';

/** Kinds that name one purchase, not a person. */
const OF_A_PURCHASE: ReadonlySet<IdentifierKind> = new Set(['order_id', 'checkout_token', 'cart_token']);

export const namesPurchase = (kind: IdentifierKind): boolean => OF_A_PURCHASE.has(kind);

const isPurchase = ({ identifiers }: Fact) =>
  identifiers.length > 0 && identifiers.every(({ kind }) => namesPurchase(kind));
const isPersonal = ({ identifiers }: Fact) => identifiers.some(({ kind }) => !namesPurchase(kind));

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * For each fact of one visitor that names a purchase alone: the personal fact that owns the visitor at that time, by the
 * rule of `spansOf` — in the session, else before, else later within the look-back; a log-out parts them.
 * `facts` are the visitor's, in their order; so are the pairs.
 */
export function standingBy(facts: readonly Fact[], rules: IdentityRules): [purchase: Fact, personal: Fact][] {
  const ends = (fact: Fact) => rules.logout_ends_ownership && fact.link.kind === 'logout';
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
    const near =
      after.next !== undefined && starts.get(after.next)! - fact.time <= rules.look_back_days * DAY_MS;
    const owner = ownerAmong(fact, last, { ...after, near });
    if (owner !== undefined) pairs.push([fact, owner]);
  }
  return pairs;
}

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
  const inSession = (fact: Fact | undefined) =>
    fact !== undefined && fact.link.session_id !== '' && fact.link.session_id === purchase.link.session_id;
  if (last !== undefined && (inSession(last) || !inSession(next) || parted)) return last;
  return near ? next : undefined;
}
