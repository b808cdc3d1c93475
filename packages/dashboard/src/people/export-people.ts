import { LIMITS, type PeopleRequest, type PeopleView, type PersonSummary } from '@throughline/contract';

/** More than this is a job for the API, not for a browser's memory. */
export const EXPORT_PEOPLE_MAX = 50_000;

/** Everybody behind a number, page after page. `progress` hears how many there are so far. */
export async function collectPeople(
  ask: (request: PeopleRequest) => Promise<PeopleView>,
  request: PeopleRequest,
  progress: (people: number) => void,
): Promise<{ people: PersonSummary[]; cut: boolean }> {
  const people: PersonSummary[] = [];
  let after: string | undefined;
  do {
    const page = await ask({ ...request, limit: LIMITS.people_page_max, ...(after ? { after } : {}) });
    people.push(...page.people);
    progress(people.length);
    after = page.people.length > 0 ? page.next : undefined;
  } while (after && people.length < EXPORT_PEOPLE_MAX);
  return { people: people.slice(0, EXPORT_PEOPLE_MAX), cut: after !== undefined };
}
