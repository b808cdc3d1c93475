import type { Identifier, IdentityRules, Link } from '@throughline/contract';
import { isBlocked, isBlockedHash } from './blocked.ts';
import { compareFacts, compareIdentifiers, compareText, type Fact, identifierKey } from './fact.ts';

/**
 * The site's links that count, each once, in the order of facts. Left out: links that a cut takes back, claims
 * without the proof that the rules ask for, and identifiers that the rules block or turn off or that an operator made
 * the site forget.
 */
export function effective(links: readonly Link[], rules: IdentityRules, site: string): Fact[] {
  const facts = unique(links, site)
    .map((link): Fact => ({ link, time: Date.parse(link.time), identifiers: [] }))
    .sort(compareFacts);
  const taken = takenBack(facts);
  const forgotten = new Set(
    facts
      .filter(({ link }) => link.kind === 'forget' && !taken.has(link.event_id))
      .flatMap(({ link }) => link.identifiers.map(identifierKey)),
  );
  const allowed = usableUnder(rules);
  const usable = (one: Identifier) => allowed(one) && !forgotten.has(identifierKey(one));
  const userIds = namedUserIds(facts);
  const kept: Fact[] = [];
  for (const fact of facts) {
    const { link } = fact;
    if (link.kind === 'cut' || link.kind === 'forget' || taken.has(link.event_id)) continue;
    if (link.kind === 'logout' || link.kind === 'disown') {
      kept.push(fact);
      continue;
    }
    if (rules.proof_required && !link.proven) continue;
    const identifiers = link.identifiers.filter((one) => usable(one) && !isAnonymousId(one, link, userIds));
    if (identifiers.length > 0) kept.push({ ...fact, identifiers: sortedOnce(identifiers) });
  }
  return kept;
}

/** One link per (event_id, kind). Should two differ, the choice between them looks at their content alone. */
function unique(links: readonly Link[], site: string): Link[] {
  const found = new Map<string, Link>();
  for (const link of links) {
    if (link.site !== site) continue;
    const key = `${link.event_id}\0${link.kind}`;
    const other = found.get(key);
    if (other === undefined || compareText(content(link), content(other)) < 0) found.set(key, link);
  }
  return [...found.values()];
}

/** Everything but `segment`, which tells the arrival. */
function content(link: Link): string {
  return JSON.stringify([
    link.time,
    link.seq,
    link.visitor_id,
    link.session_id,
    link.session_started_at,
    link.proven,
    link.identifiers.map(identifierKey),
    Object.entries(link.traits).sort(([a], [b]) => compareText(a, b)),
    link.source,
    link.author,
    link.reason,
    link.target,
  ]);
}

function sortedOnce(identifiers: readonly Identifier[]): Identifier[] {
  const once = new Map(identifiers.map((one) => [identifierKey(one), one]));
  return [...once.values()].sort(compareIdentifiers);
}

/** Cuts from the latest to the earliest: a cut may itself be taken back by a later one. */
function takenBack(facts: readonly Fact[]): Set<string> {
  const taken = new Set<string>();
  for (const { link } of facts.toReversed()) {
    if (link.kind === 'cut' && !taken.has(link.event_id)) taken.add(link.target);
  }
  return taken;
}

/** Blocked values are checked here again, so that blocking one later undoes what it joined. */
function usableUnder(rules: IdentityRules): (identifier: Identifier) => boolean {
  const known = new Map<string, boolean>();
  return (identifier) => {
    const key = identifierKey(identifier);
    let usable = known.get(key);
    if (usable === undefined) {
      const { kind, value } = identifier;
      const hashed = (kind === 'email' || kind === 'phone') && /^[0-9a-f]{64}$/.test(value);
      const blocked = hashed
        ? isBlockedHash(value, rules.blocked_values)
        : isBlocked(value, rules.blocked_values);
      usable = !blocked && (rules.kinds[kind]?.max_customers ?? 0) > 0;
      known.set(key, usable);
    }
    return usable;
  };
}

/** user_ids that somebody is called by: in an identify, or as the new name (the first one) of an alias. */
function namedUserIds(facts: readonly Fact[]): Set<string> {
  const named = new Set<string>();
  for (const { link } of facts) {
    const userIds = link.identifiers.filter(({ kind }) => kind === 'user_id');
    const names = link.kind === 'identify' ? userIds : link.kind === 'alias' ? userIds.slice(0, 1) : [];
    for (const { value } of names) named.add(value);
  }
  return named;
}

/**
 * Segment's `alias` often gives an anonymous id as `previousId`. It is a browser, not a customer's name: taken for
 * one, it would unite everybody who ever signs up on a shared tablet.
 */
function isAnonymousId({ kind, value }: Identifier, link: Link, userIds: ReadonlySet<string>): boolean {
  return link.kind === 'alias' && kind === 'user_id' && !userIds.has(value);
}
