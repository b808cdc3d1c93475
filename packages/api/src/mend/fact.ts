import { randomUUID } from 'node:crypto';
import type { Identifier, Link, LinkKind } from '@throughline/contract';

/** Who changes something by hand, when and why. */
export interface Operator {
  site: string;
  now: Date;
  author: string;
  reason: string;
}

/** A fact of an operator's, with an id of its own. */
export function operatorFact(
  { site, now, author, reason }: Operator,
  kind: LinkKind,
  more: Partial<Link> = {},
): Link {
  const time = now.toISOString();
  return {
    site,
    event_id: `mend-${randomUUID()}`,
    kind,
    visitor_id: '',
    session_id: '',
    session_started_at: time,
    time,
    seq: 0,
    identifiers: [],
    traits: {},
    proven: true,
    source: 'operator',
    author,
    reason,
    target: '',
    segment: '',
    ...more,
  };
}

/** A fact that takes `target` back. It comes after it in the order of facts, whatever the clock says. */
export function cutOf(operator: Operator, target: Link): Link {
  const late = Date.parse(target.time) >= operator.now.getTime();
  return operatorFact(operator, 'cut', {
    target: target.event_id,
    ...(late ? { time: target.time, seq: target.seq + 1 } : {}),
  });
}

/** Whom a fact is about: where to look for everything that hangs together with it. */
export interface About {
  visitors: string[];
  identifiers: Identifier[];
}

export const aboutOf = (links: readonly Link[]): About => ({
  visitors: [...new Set(links.map(({ visitor_id }) => visitor_id))].filter((id) => id !== ''),
  identifiers: links.flatMap(({ identifiers }) => identifiers),
});
