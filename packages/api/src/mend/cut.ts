import { type Link, type MendRequest, ProblemError, type Site } from '@throughline/contract';
import { effective, ownerAt, rulesOf } from '@throughline/identity';
import { linksOfEvents, type Store } from '@throughline/store';
import { effectOf, type Surroundings, surroundingsOf } from './effect.ts';
import { aboutOf, cutOf, type Operator } from './fact.ts';
import type { Change } from './mend.ts';

/** Takes evidence back. Throws ProblemError 404 or 409 when there is nothing to take back, or it would change nothing. */
export async function cut(
  store: Store,
  site: Site,
  { event_id, all = false }: NonNullable<MendRequest['cut']>,
  operator: Operator,
): Promise<Change> {
  const told = await linksOfEvents(store, site.site, [event_id]);
  const target = told.find(({ kind }) => kind !== 'cut' && kind !== 'logout');
  if (target === undefined)
    throw new ProblemError(404, {
      code: 'unknown_evidence',
      message: 'No evidence of who somebody is comes from this event; a customer’s page names those that do.',
      at: 'cut.event_id',
    });
  const about = aboutOf([target]);
  const around = await surroundingsOf(store, site, about);
  const standing = effective(around.links, rulesOf(site.settings), site.site).map(({ link }) => link);
  if (!standing.some((link) => link.event_id === event_id))
    throw new ProblemError(409, {
      code: 'not_in_effect',
      message: 'This evidence has no effect: it was taken back already, or the site’s rules leave it out.',
      at: 'cut.event_id',
    });
  const others = sameClaim(target, standing, around);
  const facts = [target, ...(all ? others : [])].map((link) => cutOf(operator, link));
  const effect = await effectOf(store, site, around, facts);
  if (effect === undefined)
    throw new ProblemError(409, {
      code: 'still_held',
      message: `It would change nothing: ${others.length} more pieces of evidence on this browser say the same. Send "all": true to take all of them back.`,
      at: 'cut',
    });
  return { facts, about, before: around.before, ...effect };
}

/** The other evidence of the same visitor for the same person. */
function sameClaim(target: Link, standing: readonly Link[], { before }: Surroundings): Link[] {
  if (target.visitor_id === '') return [];
  const spans = before.assignments.find(({ visitor_id }) => visitor_id === target.visitor_id)?.spans ?? [];
  const personOf = ({ time }: Link) => ownerAt(spans, time)?.person_id;
  return standing.filter(
    (link) =>
      link !== target &&
      link.event_id !== target.event_id &&
      link.visitor_id === target.visitor_id &&
      link.kind !== 'logout' &&
      personOf(link) === personOf(target),
  );
}
