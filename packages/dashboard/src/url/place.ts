import type { Range, Site } from '@throughline/contract';
import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { session } from '../state/session.ts';
import { address } from './address.ts';
import { daysOf, parseRange, type RangeChoice, rangeOf } from './range.ts';

/** Where the reader is: the shop and the dates in the address, with defaults for what it does not say. */
export interface Place {
  site: Site;
  choice: RangeChoice;
  range: Range;
  days: { first: string; last: string };
  query: Record<string, string>;
  /** Changes parameters of the address without leaving a step in the history. Undefined removes one. */
  set(changes: Record<string, string | undefined>): void;
  go(path: string): void;
  /** The address of another page, with shop and dates kept. */
  href(path: string, more?: Record<string, string>): string;
}

/** Only to be used below the shell, where there is at least one site. */
export function usePlace(): Place {
  const { query, path, route } = useLocation();
  const { sites } = session.value;
  const site = sites.find((candidate) => candidate.site === query['site']) ?? sites[0]!;
  const choice = parseRange(query['range']);
  const key = JSON.stringify([choice, site.timezone]);
  const days = useMemo(
    () => ({
      ...daysOf(choice, site.timezone, new Date()),
      range: rangeOf(choice, site.timezone, new Date()),
    }),
    [key],
  );
  const keptQuery = { site: query['site'], range: query['range'] };
  const href = (to: string, more?: Record<string, string>) => address(to, { ...keptQuery, ...more });
  return {
    site,
    choice,
    range: days.range,
    days: { first: days.first, last: days.last },
    query,
    set: (changes) => route(address(path, { ...query, ...changes }), true),
    go: (to) => route(href(to)),
    href,
  };
}
