import type { Assignment, Customer, Identifier } from '@throughline/contract';
import { lists, type Statement, type Store } from '@throughline/store';

/** What was taken away. */
export interface Erased {
  events: number;
  visitors: string[];
  identifiers: Identifier[];
}

/** A stretch of a visitor's time that is the person's. */
interface Stretch {
  visitor_id: string;
  /** Milliseconds since 1970; `to` is not in it. */
  from: number;
  to: number;
}

type Inside = Statement & Required<Pick<Statement, 'params'>>;

/** Stretches bound in one statement. */
const STRETCHES_MAX = 500;
const END_OF_TIME = Date.parse('2100-01-01T00:00:00.000Z');

/**
 * Deletes a customer for good: the events of the stretches of time that are theirs, the links that name them, and what
 * was derived. What others did on a shared device stays. The hashes in event_ids stay as well: they name nobody, and
 * keep an event that is sent again from coming back. The customer's own row goes last, so that an erasure that was
 * cut short is found and finished by the next call.
 */
export async function eraseCustomer(store: Store, customer: Customer): Promise<Erased> {
  const { site, person_id, identifiers } = customer;
  const assignments = await assignmentsNaming(store, customer);
  const stretches = assignments.flatMap((assignment) => stretchesOf(assignment, person_id));
  // Why a visit was said not to be theirs speaks of them; where somebody else is, it keeps the visit from that one.
  const alone = assignments.filter(({ spans }) =>
    spans.every((span) => span.person_id === person_id || span.person_id === ''),
  );
  const disowned: Statement = {
    sql: `kind = 'disown' AND visitor_id IN {alone:Array(String)}`,
    params: { alone: alone.map(({ visitor_id }) => visitor_id) },
  };
  await deleteCutsOf(store, site, [
    namesOneOf(identifiers, 'arrayMap(i -> (i.kind, i.value), identifiers)'),
    disowned,
    ...insideOf(stretches),
  ]);
  const events = await eraseStretches(store, site, stretches);
  await deleteFrom(
    store,
    'links',
    namesOneOf(identifiers, 'arrayMap(i -> (i.kind, i.value), identifiers)'),
    site,
  );
  await deleteFrom(store, 'link_identifiers', namesOneOf(identifiers, '[(kind, value)]'), site);
  await deleteFrom(store, 'customer_identifiers', namesOneOf(identifiers, '[(kind, value)]'), site);
  // What was owed to a change by hand names whom it was about.
  await deleteFrom(
    store,
    'owed_stitches',
    namesOneOf(identifiers, 'arrayMap(i -> (i.kind, i.value), identifiers)'),
    site,
  );
  await deleteFrom(store, 'links', disowned, site);
  const visitors = [...new Set(assignments.map(({ visitor_id }) => visitor_id))];
  await deleteFrom(
    store,
    'assignments',
    { sql: 'visitor_id IN {visitors:Array(String)}', params: { visitors } },
    site,
  );
  await deleteFrom(
    store,
    'customers',
    { sql: 'person_id = {person_id:String} OR successor = {person_id:String}', params: { person_id } },
    site,
  );
  return { events, visitors, identifiers };
}

/** The visitors that are a customer's for some of the time. */
export const visitorsOf = async (store: Store, customer: Customer): Promise<string[]> =>
  (await assignmentsNaming(store, customer)).map(({ visitor_id }) => visitor_id);

const assignmentsNaming = (store: Store, { site, person_id }: Customer) =>
  store.query<Pick<Assignment, 'visitor_id' | 'spans'>>({
    sql: `
      SELECT visitor_id, spans FROM assignments FINAL
      WHERE site = {site:String} AND has(spans.person_id, {person_id:String})`,
    params: { site, person_id },
  });

/** An operator's cuts of links that are about to go, and the cuts of those: their reasons may speak of the person. */
async function deleteCutsOf(store: Store, site: string, going: readonly Statement[]): Promise<void> {
  const idsOf = (which: Statement) => linkIds(store, site, which);
  let targets: string[] = [];
  for (const which of going) targets.push(...(await idsOf(which)));
  while (targets.length > 0) {
    const cuts: string[] = [];
    for (const list of lists('targets', targets))
      cuts.push(...(await idsOf({ sql: `kind = 'cut' AND target IN ${list.sql}`, params: list.params })));
    if (cuts.length > 0)
      await deleteFrom(
        store,
        'links',
        { sql: `kind = 'cut' AND event_id IN {cuts:Array(String)}`, params: { cuts } },
        site,
      );
    targets = cuts;
  }
}

async function linkIds(store: Store, site: string, { sql, params }: Statement): Promise<string[]> {
  const rows = await store.query<{ event_id: string }>({
    sql: `SELECT event_id FROM links WHERE site = {site:String} AND (${sql})`,
    params: { site, ...params },
  });
  return rows.map(({ event_id }) => event_id);
}

/** Whether anything is recorded of a visitor; a link alone is left when an erasure was cut short. */
export async function knowsVisitor(store: Store, site: string, visitor_id: string): Promise<boolean> {
  const found = await store.query({
    sql: `
      SELECT 1 FROM events WHERE site = {site:String} AND visitor_id = {visitor_id:String} LIMIT 1
      UNION ALL
      SELECT 1 FROM links WHERE site = {site:String} AND visitor_id = {visitor_id:String} LIMIT 1`,
    params: { site, visitor_id },
  });
  return found.length > 0;
}

/** Deletes a visitor whom nobody has claimed. */
export async function eraseVisitor(store: Store, site: string, visitor_id: string): Promise<Erased> {
  const all = [{ visitor_id, from: 0, to: END_OF_TIME }];
  await deleteCutsOf(store, site, insideOf(all));
  return { events: await eraseStretches(store, site, all), visitors: [visitor_id], identifiers: [] };
}

function stretchesOf(
  { visitor_id, spans }: Pick<Assignment, 'visitor_id' | 'spans'>,
  person: string,
): Stretch[] {
  return spans.flatMap(({ from, person_id }, index) => {
    const next = spans[index + 1]?.from;
    const to = next === undefined ? END_OF_TIME : Date.parse(next);
    return person_id === person ? [{ visitor_id, from: Date.parse(from), to }] : [];
  });
}

/** True for what happened in these stretches; a statement for each part of them. */
function insideOf(stretches: readonly Stretch[]): Inside[] {
  const parts: Inside[] = [];
  for (let at = 0; at < stretches.length; at += STRETCHES_MAX) {
    const part = stretches.slice(at, at + STRETCHES_MAX);
    parts.push({
      sql: `
        visitor_id IN {visitors:Array(String)} AND arrayExists(
          (v, f, t) -> visitor_id = v AND toUnixTimestamp64Milli(time) >= f AND toUnixTimestamp64Milli(time) < t,
          {visitors:Array(String)}, {froms:Array(Int64)}, {tos:Array(Int64)})`,
      params: {
        visitors: part.map(({ visitor_id }) => visitor_id),
        froms: part.map(({ from }) => from),
        tos: part.map(({ to }) => to),
      },
    });
  }
  return parts;
}

/** Deletes the events and the links in these stretches; gives the number of events. */
async function eraseStretches(store: Store, site: string, stretches: readonly Stretch[]): Promise<number> {
  let events = 0;
  for (const inside of insideOf(stretches)) {
    const [counted] = await store.query<{ events: number }>({
      sql: `SELECT count() AS events FROM events WHERE site = {site:String} AND ${inside.sql}`,
      params: { site, ...inside.params },
    });
    events += counted?.events ?? 0;
    await deleteFrom(store, 'events', inside, site);
    // Also what these links name and nobody is known by any more, such as an address that was cut away.
    for (const { sql, params } of lists('ids', await linkIds(store, site, inside)))
      await deleteFrom(
        store,
        'link_identifiers',
        {
          sql: `visitor_id IN {visitors:Array(String)} AND event_id IN ${sql}`,
          params: { ...params, visitors: inside.params['visitors'] },
        },
        site,
      );
    await deleteFrom(store, 'links', inside, site);
  }
  return events;
}

/** True for rows whose (kind, value) pairs, which `pairs` makes, meet these identifiers. */
const namesOneOf = (identifiers: readonly Identifier[], pairs: string): Statement => ({
  sql: `hasAny(${pairs}, arrayZip({kinds:Array(String)}, {values:Array(String)}))`,
  params: { kinds: identifiers.map(({ kind }) => kind), values: identifiers.map(({ value }) => value) },
});

type Erasable =
  | 'events'
  | 'links'
  | 'link_identifiers'
  | 'assignments'
  | 'customers'
  | 'customer_identifiers'
  | 'owed_stitches';

/** A mutation that is waited for: afterwards the rows are gone from every part. */
function deleteFrom(store: Store, table: Erasable, { sql, params }: Statement, site: string): Promise<void> {
  return store.run({
    sql: `ALTER TABLE ${table} DELETE WHERE site = {site:String} AND (${sql}) SETTINGS mutations_sync = 2`,
    params: { site, ...params },
  });
}
