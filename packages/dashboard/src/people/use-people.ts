import type { PeopleOf, PeopleView, PersonSummary } from '@throughline/contract';
import { useState } from 'preact/hooks';
import { ApiError } from '../api/call.ts';
import { reports } from '../api/reports.ts';
import { type Report, useReport } from '../api/use-report.ts';

const PAGE_PEOPLE = 50;

export interface PeopleList {
  total: number;
  people: PersonSummary[];
  /** Absent when everybody is shown. */
  more?: () => void;
  loadingMore: boolean;
  moreError?: ApiError;
}

/** The people behind a number, page by page. Beginning anew when the number or the search changes. */
export function usePeople(site: string, of: PeopleOf, search: string): Report<PeopleList> {
  const key = JSON.stringify([site, of, search]);
  const request = { of, limit: PAGE_PEOPLE, ...(search ? { search } : {}) };
  const first = useReport(key, (signal) => reports.people(site, request, signal));
  const [kept, setRest] = useState<Rest | undefined>();

  if (!first.data) return { ...first, data: undefined };
  const data = first.data;
  const rest: Rest = kept?.first === data ? kept : { first: data, people: [], loading: false };
  // A page that comes after another search was answered belongs to nobody.
  const arrived = (change: Partial<Rest>) =>
    setRest((now) => (now?.first === data ? { ...now, loading: false, ...change } : now));
  const next = rest.people.length > 0 ? rest.next : data.next;
  const more = () => {
    setRest({ ...rest, loading: true, error: undefined });
    reports.people(site, { ...request, ...(next ? { after: next } : {}) }).then(
      (page) => arrived({ people: [...rest.people, ...page.people], next: page.next }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        arrived({ error });
      },
    );
  };
  return {
    ...first,
    data: {
      total: data.total,
      people: [...data.people, ...rest.people],
      loadingMore: rest.loading || first.loading,
      ...(next ? { more } : {}),
      ...(rest.error ? { moreError: rest.error } : {}),
    },
  };
}

/** The pages after `first`. */
interface Rest {
  first: PeopleView;
  people: PersonSummary[];
  next?: string | undefined;
  loading: boolean;
  error?: ApiError | undefined;
}
