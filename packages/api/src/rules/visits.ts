import type { Site } from '@throughline/contract';
import { IS_VISIT } from '@throughline/journeys';
import { lists, type Store } from '@throughline/store';
import { ownerIn, type Spans } from './owner-in.ts';

/** Whose a visit's beginning is, by the one and the other resolution. */
export interface OwnedVisit {
  before: string;
  after: string;
}

/** The visits of these visitors, without robots', by the rule of the reports. */
export async function visitsOf(
  store: Store,
  { site, timezone }: Site,
  visitors: readonly string[],
  { before, after }: { before: Spans; after: Spans },
): Promise<OwnedVisit[]> {
  const visits: OwnedVisit[] = [];
  for (const ids of lists('ids', visitors)) {
    const sql = `
      SELECT visitor_id, min(time) AS time FROM events
      WHERE site = {site:String} AND is_bot = 0 AND ${IS_VISIT} AND visitor_id IN ${ids.sql}
      GROUP BY visitor_id, if(session_id = '', toString(toDate(events.time, {timezone:String})), session_id)`;
    const begun = await store.query<{ visitor_id: string; time: string }>({
      sql,
      params: { site, timezone, ...ids.params },
    });
    for (const visit of begun) visits.push({ before: ownerIn(before, visit), after: ownerIn(after, visit) });
  }
  return visits;
}
