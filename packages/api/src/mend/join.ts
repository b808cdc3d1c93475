import { type MendRequest, ProblemError, type Site } from '@throughline/contract';
import type { Store } from '@throughline/store';
import { effectOf, surroundingsOf } from './effect.ts';
import { type Operator, operatorFact } from './fact.ts';
import type { Change } from './mend.ts';
import { type Somebody, somebody } from './people.ts';

/** Makes two people one. Throws ProblemError 404 or 409 when they cannot be. */
export async function join(
  store: Store,
  site: Site,
  { people }: NonNullable<MendRequest['join']>,
  operator: Operator,
): Promise<Change> {
  const both: [Somebody, Somebody] = [
    await somebody(store, site, people[0], 'join.people.0'),
    await somebody(store, site, people[1], 'join.people.1'),
  ];
  if (both[0].id === both[1].id) throw refused('same_person', 'These two are one person already.');
  const [known, other] = both[0].identifiers.length > 0 ? both : [both[1], both[0]];
  if (known.identifiers.length === 0)
    throw refused(
      'two_strangers',
      'Neither of the two is a customer; one of them must be known by something.',
    );
  const identifiers = [known.identifiers[0]!, ...other.identifiers.slice(0, 1)];
  const fact = operatorFact(operator, 'join', {
    identifiers,
    ...(other.visitor_id === '' ? {} : fromTheFirst(other)),
  });
  const about = {
    visitors: other.visitor_id === '' ? [] : [other.visitor_id],
    identifiers: [...known.identifiers, ...other.identifiers],
  };
  const around = await surroundingsOf(store, site, about);
  const effect = await effectOf(store, site, around, [fact]);
  if (effect === undefined)
    throw refused('no_effect', 'The site’s rules leave out what these two are known by.');
  return { facts: [fact], about, before: around.before, ...effect };
}

/** The stranger's browser is the customer's as if they had said who they are on their first visit. */
const fromTheFirst = ({ visitor_id, since }: Somebody) => ({
  visitor_id,
  session_id: `joined-${visitor_id}`.slice(0, 128),
  session_started_at: since,
});

const refused = (code: string, message: string) =>
  new ProblemError(409, { code, message, at: 'join.people' });
