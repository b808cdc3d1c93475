import type { PeopleRequest, PeopleView, PersonSummary } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import { mockPerson } from '../testing/mock-people.ts';
import { collectPeople, EXPORT_PEOPLE_MAX } from './export-people.ts';

const NOW = new Date('2026-11-22T00:00:00.000Z');
const request: PeopleRequest = {
  of: { report: 'everyone', request: { from: '2026-11-01', to: '2026-11-22' } },
};
const person: PersonSummary = mockPerson(0, NOW);

describe('collecting people for a file', () => {
  it('asks page after page until there is none', async () => {
    const asked: (string | undefined)[] = [];
    const pages: Record<string, PeopleView> = {
      first: { total: 3, people: [person, person], next: 'two' },
      two: { total: 3, people: [person] },
    };
    const progress: number[] = [];
    const ask = async ({ after }: PeopleRequest) => {
      asked.push(after);
      return pages[after ?? 'first']!;
    };
    const { people, cut } = await collectPeople(ask, request, (count) => progress.push(count));
    expect([people.length, cut, asked, progress]).toEqual([3, false, [undefined, 'two'], [2, 3]]);
  });

  it('stops at its limit and says so', async () => {
    const page = Array.from({ length: 500 }, () => person);
    const ask = async () => ({ total: 1_000_000, people: page, next: 'more' });
    const { people, cut } = await collectPeople(ask, request, () => {});
    expect([people.length, cut]).toEqual([EXPORT_PEOPLE_MAX, true]);
  });
});
