import type { Identifier, Link } from '@throughline/contract';
import { identifierKey } from './fact.ts';

export interface Touched {
  visitors?: Iterable<string>;
  identifiers?: Iterable<Identifier>;
  /** event_ids: of links themselves, or of those a cut takes back. */
  facts?: Iterable<string>;
}

/**
 * The part of `links` that has to be resolved again when these visitors or identifiers got a new link: everything
 * that hangs together with them over common visitors and common identifiers, and the cuts that aim at it. `resolve`
 * of it equals, for the people and visitors in it, `resolve` of all.
 */
export function closure(links: readonly Link[], touched: Touched): Link[] {
  const byKey = new Map<string, Link[]>();
  for (const link of links) {
    for (const key of keysOf(link)) {
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [link]);
      else list.push(link);
    }
  }
  const waiting = [
    ...[...(touched.visitors ?? [])].map(visitorKey),
    ...[...(touched.identifiers ?? [])].map(identifierKey),
    ...[...(touched.facts ?? [])].map(factKey),
  ];
  const reached = new Set(waiting);
  const found = new Set<Link>();
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const link of byKey.get(key) ?? []) {
      found.add(link);
      for (const further of keysOf(link)) {
        if (reached.has(further)) continue;
        reached.add(further);
        waiting.push(further);
      }
    }
    byKey.delete(key);
  }
  return links.filter((link) => found.has(link));
}

const visitorKey = (visitor_id: string) => `visitor\0${visitor_id}`;
const factKey = (event_id: string) => `fact\0${event_id}`;

/** Two links hang together when they have a key in common. */
function keysOf(link: Link): string[] {
  const keys = [factKey(link.event_id), ...link.identifiers.map(identifierKey)];
  if (link.visitor_id !== '') keys.push(visitorKey(link.visitor_id));
  if (link.kind === 'cut') keys.push(factKey(link.target));
  return keys;
}
