import { IDENTIFIER_KINDS, type Identifier, type Link } from '@throughline/contract';

/** A link that has effect, made ready for the resolver. */
export interface Fact {
  link: Link;
  /** `link.time` in milliseconds since 1970. */
  time: number;
  /** Those that the rules let name somebody, strongest first, each once. */
  identifiers: readonly Identifier[];
}

const RANK = new Map<string, number>(IDENTIFIER_KINDS.map((kind, rank) => [kind, rank]));

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Strongest kind first, then smallest value by UTF-16 code units (never by locale). */
export function compareIdentifiers(a: Identifier, b: Identifier): number {
  return RANK.get(a.kind)! - RANK.get(b.kind)! || compareText(a.value, b.value);
}

/** The one order of facts: time, then `seq`, then `event_id`, then kind. Total, because the last two identify a fact. */
export function compareFacts(a: Fact, b: Fact): number {
  return (
    a.time - b.time ||
    a.link.seq - b.link.seq ||
    compareText(a.link.event_id, b.link.event_id) ||
    compareText(a.link.kind, b.link.kind)
  );
}

export const identifierKey = (identifier: Identifier): string => `${identifier.kind}\0${identifier.value}`;
