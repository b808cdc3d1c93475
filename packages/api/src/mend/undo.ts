import { type Link, type MendRequest, ProblemError, type Site } from '@throughline/contract';
import { linksOfEvents, type Store } from '@throughline/store';
import { effectOf, surroundingsOf } from './effect.ts';
import { aboutOf, cutOf, type Operator } from './fact.ts';
import type { Change } from './mend.ts';

/** A cut of a cut of a cut …: nobody goes to and fro more often. */
const HOPS_MAX = 50;

/** Takes an operator's fact back. Throws ProblemError 404 or 409 when there is none, or it is taken back already. */
export async function undo(
  store: Store,
  site: Site,
  { mend }: NonNullable<MendRequest['undo']>,
  operator: Operator,
): Promise<Change> {
  const [fact] = (await linksOfEvents(store, site.site, [mend])).filter(
    ({ source }) => source === 'operator',
  );
  if (fact === undefined)
    throw new ProblemError(404, {
      code: 'unknown_mend',
      message: 'Nothing was changed by hand under this id; GET …/mends lists what was.',
      at: 'undo.mend',
    });
  const about = aboutOf(await chainOf(store, site, fact));
  const around = await surroundingsOf(store, site, about);
  const taken = around.links.find(
    (link) => link.kind === 'cut' && link.target === mend && !around.links.some(isCutOf(link)),
  );
  if (taken !== undefined)
    throw new ProblemError(409, {
      code: 'already_undone',
      message: 'This change was taken back already; undo that to have it again.',
      at: 'undo.mend',
    });
  const facts = [cutOf(operator, fact)];
  const effect = await effectOf(store, site, around, facts);
  if (effect === undefined)
    throw new ProblemError(409, {
      code: 'no_effect',
      message: 'Taking it back would change nothing: other evidence says the same by now.',
      at: 'undo.mend',
    });
  return { facts, about, before: around.before, ...effect };
}

const isCutOf = (link: Link) => (other: Link) => other.kind === 'cut' && other.target === link.event_id;

/** The fact, what it takes back, what that takes back, and so on. */
async function chainOf(store: Store, site: Site, fact: Link): Promise<Link[]> {
  const chain = [fact];
  for (let at = fact; at.kind === 'cut' && chain.length < HOPS_MAX; ) {
    const [next] = (await linksOfEvents(store, site.site, [at.target])).filter(
      ({ kind }) => kind !== 'logout',
    );
    if (next === undefined) break;
    chain.push(next);
    at = next;
  }
  return chain;
}
