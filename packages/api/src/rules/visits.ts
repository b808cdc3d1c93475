import type { Site } from '@throughline/contract';
import { lists, type Store } from '@throughline/store';
import { ownerIn, type Spans } from './owner-in.ts';

/** Whose a visit's beginning is, by the one and the other resolution. */
export interface OwnedVisit {
  before: string;
  after: string;
}

/** The visits of these visitors, without robots'. An event without a session is a visit of its own. */
export async function visitsOf(
  store: Store,
  { site }: Site,
  visitors: readonly string[],
  { before, after }: { before: Spans; after: Spans },
): Promise<OwnedVisit[]> {
  const visits: OwnedVisit[] = [];
  for (const ids of lists('ids', visitors)) {
    const sql = `
      SELECT visitor_id, min(time) AS time FROM events
      WHERE site = {site:String} AND is_bot = 0 AND visitor_id IN ${ids.sql}
      GROUP BY visitor_id, if(session_id = '', event_id, session_id)`;
    const begun = await store.query<{ visitor_id: string; time: string }>({
      sql,
      params: { site, ...ids.params },
    });
    for (const visit of begun) visits.push({ before: ownerIn(before, visit), after: ownerIn(after, visit) });
  }
  return visits;
}
