import type { SeenEvents, SeenView } from '@throughline/contract';

/** What a shop wants to see, in the order of trying it out; listed also while it was never seen. */
export const WANTED = [
  'page_viewed',
  'search',
  'product_viewed',
  'cart_added',
  'signup_completed',
  'login',
  'checkout_started',
  'order_completed',
] as const;
export type Wanted = (typeof WANTED)[number];

export interface Checked {
  /** '' for all names of the shop's own. */
  name: string;
  events: number;
  /** '' for never. */
  last_seen: string;
  /** The latest first. */
  by: Pick<SeenEvents, 'source' | 'reader'>[];
}

/** The wanted events, then all others that people were seen with, the latest first; the shop's own names last. */
export function checklist({ seen }: SeenView): Checked[] {
  const people = seen.filter(({ robot }) => !robot);
  const checked = (name: string): Checked => {
    const rows = people.filter((row) => row.name === name);
    return {
      name,
      ...totalOf(rows),
      by: rows.map(({ source, reader }) => ({ source, reader })),
    };
  };
  const names = [...new Set(people.map(({ name }) => name))];
  const others = names.filter((name) => name !== '' && !WANTED.some((wanted) => wanted === name));
  return [...WANTED, ...others, ...names.filter((name) => name === '')].map(checked);
}

/** Of what a shop does not wait for, so many lines are shown at once. */
const OTHERS_MAX = 4;

/** The lines in sight, and those that are opened on demand. An add that the shop refused is always in sight. */
export function folded(list: readonly Checked[]): { first: Checked[]; rest: Checked[] } {
  const wanted = ({ name }: Checked) => name === 'cart_refused' || WANTED.some((one) => one === name);
  const rest = list.filter((checked) => !wanted(checked));
  return rest.length > OTHERS_MAX ? { first: list.filter(wanted), rest } : { first: [...list], rest: [] };
}

/** What robots did; `last_seen` '' for nothing. */
export const robotsIn = ({ seen }: SeenView) => totalOf(seen.filter(({ robot }) => robot));

/** Of rows, the latest first. */
const totalOf = (rows: readonly SeenEvents[]): { events: number; last_seen: string } => ({
  events: rows.reduce((sum, { events }) => sum + events, 0),
  last_seen: rows[0]?.last_seen ?? '',
});
