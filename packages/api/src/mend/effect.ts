import type { Link, OwnerSpan, Site } from '@throughline/contract';
import { ProblemError } from '@throughline/contract';
import { ownerAt, type Resolution, resolve, rulesOf } from '@throughline/identity';
import { eventTimes, linksAround, type Store } from '@throughline/store';
import type { About } from './fact.ts';

/** As far as one change by hand looks around. */
const AROUND = { rounds_max: 1_000, links_max: 500_000 };

/** Everything that hangs together with somebody, and who is who by it. */
export interface Surroundings {
  links: Link[];
  before: Resolution;
}

/** Throws ProblemError 409 when more hangs together than is looked at. */
export async function surroundingsOf(store: Store, site: Site, about: About): Promise<Surroundings> {
  const { links, complete } = await linksAround(store, site.site, about, AROUND);
  if (!complete)
    throw new ProblemError(409, {
      code: 'too_much_evidence',
      message: `More than ${AROUND.links_max} pieces of evidence hang together with this person; block what is shared by so many in the site’s rules first.`,
      at: '',
    });
  return { links, before: resolve(links, rulesOf(site.settings), site.site) };
}

/** Who is who once some facts are there too. */
export interface Effect {
  after: Resolution;
  /** Events that are somebody else's than before. */
  events: number;
}

/** What these facts would change; undefined when that is nothing: no event changes hands and everybody is known by the same. */
export async function effectOf(
  store: Store,
  site: Site,
  { links, before }: Surroundings,
  facts: readonly Link[],
): Promise<Effect | undefined> {
  const after = resolve([...links, ...facts], rulesOf(site.settings), site.site);
  const events = await changingHands(store, site.site, before, after);
  return events === 0 && knownBy(after) === knownBy(before) ? undefined : { after, events };
}

const knownBy = ({ customers }: Resolution) =>
  JSON.stringify(customers.map(({ person_id, identifiers }) => [person_id, identifiers]));

/** Counts the events whose owner differs, among the visitors whose spans do. */
async function changingHands(
  store: Store,
  site: string,
  before: Resolution,
  after: Resolution,
): Promise<number> {
  const [had, has] = [spansOf(before), spansOf(after)];
  const differing = [...new Set([...had.keys(), ...has.keys()])].filter(
    (visitor) => JSON.stringify(had.get(visitor)) !== JSON.stringify(has.get(visitor)),
  );
  const ownerOf = (spans: Map<string, OwnerSpan[]>, visitor: string, time: string) =>
    ownerAt(spans.get(visitor) ?? [], time)?.person_id ?? '';
  const times = await eventTimes(store, site, differing);
  return times.filter(
    ({ visitor_id, time }) => ownerOf(had, visitor_id, time) !== ownerOf(has, visitor_id, time),
  ).length;
}

const spansOf = ({ assignments }: Resolution) =>
  new Map(assignments.map(({ visitor_id, spans }) => [visitor_id, spans]));
