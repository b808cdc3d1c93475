import type { Link, MendRequest, MendView, Site } from '@throughline/contract';
import type { Resolution } from '@throughline/identity';
import { insertLinks, oweStitch } from '@throughline/store';
import type { ApiOptions } from '../options.ts';
import { cut } from './cut.ts';
import { disown } from './disown.ts';
import type { About, Operator } from './fact.ts';
import { forget } from './forget.ts';
import { join } from './join.ts';
import { undo } from './undo.ts';
import { mendOf } from './view.ts';

/** Facts to be added, and what they change. */
export interface Change {
  facts: Link[];
  about: About;
  before: Resolution;
  after: Resolution;
  /** Events that change hands. */
  events: number;
}

/**
 * Changes who is who by hand, in effect in every report when it returns. Throws ProblemError where that is impossible or
 * would change nothing. A crash on the way is made good at the next start.
 */
export async function mend(
  options: ApiOptions,
  site: Site,
  request: MendRequest,
  author: string,
): Promise<MendView> {
  const { store, payDebt, clock } = options;
  const operator = { site: site.site, now: clock(), author, reason: request.reason };
  const { facts, about, before, after, events } = await changeOf(options, site, request, operator);
  const debt = await oweStitch(store, { site: site.site, ...about, everybody: false });
  await insertLinks(store, facts);
  await payDebt(debt);
  return { mends: facts.map((fact) => mendOf(fact, false)), people: peopleIn(before, after), events };
}

function changeOf(
  { store }: ApiOptions,
  site: Site,
  request: MendRequest,
  operator: Operator,
): Promise<Change> {
  if (request.cut !== undefined) return cut(store, site, request.cut, operator);
  if (request.join !== undefined) return join(store, site, request.join, operator);
  if (request.forget !== undefined) return forget(store, site, request.forget, operator);
  if (request.disown !== undefined) return disown(store, site, request.disown, operator);
  return undo(store, site, request.undo!, operator);
}

/** Those who are not the same as before: by what they are known by or which stretches of time are theirs. */
function peopleIn(before: Resolution, after: Resolution): MendView['people'] {
  const had = textsOf(before);
  const has = textsOf(after);
  const differing = (one: Map<string, string>, other: Map<string, string>) =>
    [...one].filter(([id, text]) => other.get(id) !== text).map(([id]) => id);
  return { before: differing(had, has), after: differing(has, had) };
}

function textsOf({ customers, assignments }: Resolution): Map<string, string> {
  const owned = new Map<string, string[]>();
  for (const { visitor_id, spans } of assignments)
    for (const { person_id, from } of spans)
      owned.set(person_id, [...(owned.get(person_id) ?? []), `${visitor_id} ${from}`]);
  return new Map(
    customers.map(({ person_id, identifiers }) => [
      person_id,
      JSON.stringify([identifiers, owned.get(person_id)]),
    ]),
  );
}
