import { type Link, type MendRequest, ProblemError, type Site } from '@throughline/contract';
import { effective, namesPurchase, ownerAt, rulesOf } from '@throughline/identity';
import { type Store, visitOf } from '@throughline/store';
import { effectOf, surroundingsOf } from './effect.ts';
import { type Operator, operatorFact } from './fact.ts';
import type { Change } from './mend.ts';

/**
 * Says of one visit that it is nobody's. Throws ProblemError 404 when there is no such visit, 409 when it is nobody's
 * already or somebody said in it who they are.
 */
export async function disown(
  store: Store,
  site: Site,
  { visitor_id, session_id }: NonNullable<MendRequest['disown']>,
  operator: Operator,
): Promise<Change> {
  const visit = await visitOf(store, { site: site.site, visitor_id, session_id });
  if (visit === undefined)
    throw new ProblemError(404, {
      code: 'unknown_visit',
      message: 'This browser has made no such visit; it may have been erased.',
      at: 'disown',
    });
  const about = { visitors: [visitor_id], identifiers: [] };
  const around = await surroundingsOf(store, site, about);
  const inside = ({ time }: Link) => time >= visit.began && time <= visit.ended;
  const names = effective(around.links, rulesOf(site.settings), site.site).some(
    ({ link, identifiers }) =>
      link.visitor_id === visitor_id && inside(link) && identifiers.some(({ kind }) => !namesPurchase(kind)),
  );
  const spans = around.before.assignments.find((row) => row.visitor_id === visitor_id)?.spans ?? [];
  const owned = [visit.began, visit.ended].some((time) => (ownerAt(spans, time)?.person_id ?? '') !== '');
  if (owned && names)
    throw new ProblemError(409, {
      code: 'named_in_visit',
      message: 'In this visit somebody said who they are; take that evidence back instead (cut).',
      at: 'disown',
    });
  const fact = operatorFact(operator, 'disown', {
    visitor_id,
    session_id,
    session_started_at: visit.began,
    target: visit.ended,
  });
  const effect = await effectOf(store, site, around, [fact]);
  if (effect === undefined || effect.events === 0)
    throw new ProblemError(409, {
      code: 'nobodys_visit',
      message: 'This visit is nobody’s as it is.',
      at: 'disown',
    });
  return { facts: [fact], about, before: around.before, ...effect };
}
