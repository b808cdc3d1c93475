import type { Store } from '../store.ts';

/** First and last instant of a visit, by its events. ISO 8601. */
export interface Visit {
  began: string;
  ended: string;
}

/** A visit of a visitor; undefined when nothing is recorded of it. */
export async function visitOf(
  store: Store,
  { site, visitor_id, session_id }: { site: string; visitor_id: string; session_id: string },
): Promise<Visit | undefined> {
  const sql = `
    SELECT least(min(time), min(session_started_at)) AS began, max(time) AS ended FROM events
    WHERE site = {site:String} AND visitor_id = {visitor_id:String} AND session_id = {session_id:String}
    HAVING count() > 0`;
  const [visit] = await store.query<Visit>({ sql, params: { site, visitor_id, session_id } });
  return visit;
}
