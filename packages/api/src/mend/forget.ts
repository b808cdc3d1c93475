import { type MendRequest, ProblemError, type Site } from '@throughline/contract';
import type { Store } from '@throughline/store';
import { effectOf, surroundingsOf } from './effect.ts';
import { type Operator, operatorFact } from './fact.ts';
import type { Change } from './mend.ts';
import { shownValue, somebody } from './people.ts';

/** Makes an identifier name nobody. Throws ProblemError 404 when the person is not known by it, 409 when by several that look so. */
export async function forget(
  store: Store,
  site: Site,
  { person, kind, value }: NonNullable<MendRequest['forget']>,
  operator: Operator,
): Promise<Change> {
  const { identifiers } = await somebody(store, site, person, 'forget.person');
  const meant = identifiers.filter(
    (one) => one.kind === kind && [one.value, shownValue(one)].includes(value),
  );
  if (meant.length !== 1)
    throw new ProblemError(meant.length === 0 ? 404 : 409, {
      code: meant.length === 0 ? 'unknown_identifier' : 'several_identifiers',
      message:
        meant.length === 0
          ? 'This person is not known by that; it may be forgotten already.'
          : 'Several identifiers of this person look like that; send the whole value.',
      at: 'forget.value',
    });
  const fact = operatorFact(operator, 'forget', { identifiers: meant });
  const about = { visitors: [], identifiers };
  const around = await surroundingsOf(store, site, about);
  const effect = await effectOf(store, site, around, [fact]);
  if (effect === undefined)
    throw new ProblemError(409, { code: 'no_effect', message: 'It names nobody as it is.', at: 'forget' });
  return { facts: [fact], about, before: around.before, ...effect };
}
