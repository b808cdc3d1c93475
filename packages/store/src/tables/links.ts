import type { Link } from '@throughline/contract';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';

/** The columns of `links`, one for each field of `Link`. */
export const LINK_COLUMNS = Object.keys({
  site: 1,
  event_id: 1,
  kind: 1,
  visitor_id: 1,
  session_id: 1,
  session_started_at: 1,
  time: 1,
  seq: 1,
  identifiers: 1,
  traits: 1,
  proven: 1,
  source: 1,
  author: 1,
  reason: 1,
  target: 1,
  segment: 1,
} satisfies Record<keyof Link, 1>) as (keyof Link)[];

const COLUMNS = LINK_COLUMNS.join(', ');

type LinkRow = Omit<Link, 'proven'> & { proven: 0 | 1 };

/** Adds facts. A fact that is there already, by site, visitor and event, stays one. */
export async function insertLinks(store: Store, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  await store.insert(
    'links',
    links.map((link) => ({ ...link, proven: link.proven ? 1 : 0 })),
  );
}

/** Deletes links of erased people, and what finds them by identifier. */
export async function removeLinks(store: Store, links: readonly Link[]): Promise<void> {
  for (const site of new Set(links.map((link) => link.site))) {
    const ids = links.filter((link) => link.site === site).map(({ event_id }) => event_id);
    for (const table of ['links', 'link_identifiers'])
      for (const some of lists('ids', ids))
        await store.run({
          sql: `
            ALTER TABLE ${table} DELETE WHERE site = {site:String} AND event_id IN ${some.sql}
            SETTINGS mutations_sync = 2`,
          params: { site, ...some.params },
        });
  }
}

/** All links of these visitors; the links of an operator are the visitor ''. */
export async function linksOfVisitors(
  store: Store,
  site: string,
  visitors: readonly string[],
): Promise<Link[]> {
  const found: Link[] = [];
  for (const ids of lists('ids', visitors)) {
    const sql = `SELECT ${COLUMNS} FROM links FINAL WHERE site = {site:String} AND visitor_id IN ${ids.sql}`;
    found.push(...(await read(store, sql, { site, ...ids.params })));
  }
  return found;
}

/** All that operators did on the site but for what they did to one visitor, which is that visitor's link. */
export function operatorLinks(store: Store, site: string): Promise<Link[]> {
  const sql = `SELECT ${COLUMNS} FROM links FINAL WHERE site = {site:String} AND visitor_id = ''`;
  return read(store, sql, { site });
}

/** The links that name one of these user_ids; with `aliases`, only the aliases among them. */
export async function linksOfUsers(
  store: Store,
  site: string,
  user_ids: readonly string[],
  { aliases = false } = {},
): Promise<Link[]> {
  const found: Link[] = [];
  for (const ids of lists('ids', user_ids)) {
    const sql = `
      SELECT ${COLUMNS} FROM links FINAL
      WHERE site = {site:String} ${aliases ? "AND kind = 'alias'" : ''} AND (visitor_id, event_id) IN (
        SELECT visitor_id, event_id FROM link_identifiers
        WHERE site = {site:String} AND kind = 'user_id' AND value IN ${ids.sql})`;
    found.push(...(await read(store, sql, { site, ...ids.params })));
  }
  return found;
}

/** The links of these events, whoever's. Looks through the event ids of all links of the site. */
export async function linksOfEvents(
  store: Store,
  site: string,
  event_ids: readonly string[],
): Promise<Link[]> {
  const found: Link[] = [];
  for (const ids of lists('ids', event_ids)) {
    const sql = `SELECT ${COLUMNS} FROM links FINAL WHERE site = {site:String} AND event_id IN ${ids.sql}`;
    found.push(...(await read(store, sql, { site, ...ids.params })));
  }
  return found;
}

/** A page of the visitors that any link is about, by id. */
export async function visitorsWithLinks(
  store: Store,
  site: string,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const sql = `
    SELECT DISTINCT visitor_id FROM links
    WHERE site = {site:String} AND visitor_id > {after:String}
    ORDER BY visitor_id LIMIT {limit:UInt32}`;
  const rows = await store.query<{ visitor_id: string }>({ sql, params: { site, after, limit } });
  return rows.map(({ visitor_id }) => visitor_id);
}

/** What operators changed by hand, the latest first. */
export function operatorFacts(store: Store, site: string, limit: number): Promise<Link[]> {
  const sql = `
    SELECT ${COLUMNS} FROM links FINAL
    WHERE site = {site:String} AND source = 'operator'
    ORDER BY time DESC, seq DESC, event_id LIMIT {limit:UInt32}`;
  return read(store, sql, { site, limit });
}

async function read(store: Store, sql: string, params: Record<string, unknown>): Promise<Link[]> {
  const rows = await store.query<LinkRow>({ sql, params });
  return rows.map((row) => ({ ...row, proven: row.proven === 1 }));
}
