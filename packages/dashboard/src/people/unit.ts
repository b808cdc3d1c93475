import type { PeopleOf, Per } from '@throughline/contract';
import { words } from '../i18n/words.ts';

/** What a report counts: people, browsers or visits. */
export const perOf = (of: PeopleOf): Per =>
  of.report === 'everyone' || of.report === 'overview' ? 'person' : (of.request.per ?? 'person');

/** `12 people`, `12 browsers`, `12 visits`. */
export function countedAs(per: Per, value: number, shown: string): string {
  const { counts } = words.value;
  const word = { person: counts.people, visitor: counts.devices, session: counts.sessions }[per];
  return word(value, shown);
}
