import type { Link, Mend } from '@throughline/contract';
import { shownIdentifiers } from './people.ts';

/** An operator's fact as it is shown. */
export const mendOf = (fact: Link, undone: boolean): Mend => ({
  mend: fact.event_id,
  kind: fact.kind,
  time: fact.time,
  author: fact.author,
  reason: fact.reason,
  target: fact.kind === 'cut' ? fact.target : '',
  identifiers: shownIdentifiers(fact),
  ...(fact.kind === 'disown' && {
    visit: {
      visitor_id: fact.visitor_id,
      session_id: fact.session_id,
      began: fact.session_started_at,
    },
  }),
  undone,
});

/** All of them, each with whether a cut that stands takes it back. `facts` are the latest first. */
export function mendsOf(facts: readonly Link[]): Mend[] {
  const taken = new Set<string>();
  for (const { kind, event_id, target } of facts)
    if (kind === 'cut' && !taken.has(event_id)) taken.add(target);
  return facts.map((fact) => mendOf(fact, taken.has(fact.event_id)));
}
