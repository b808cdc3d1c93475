import type { Assignment } from '@throughline/contract';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';

/** Stores what the resolver says, whole. `version`: microseconds at which the facts were read; the highest counts. */
export async function putAssignments(
  store: Store,
  assignments: readonly Assignment[],
  version: number,
): Promise<void> {
  if (assignments.length === 0) return;
  await store.insert(
    'assignments',
    assignments.map((assignment) => ({ ...assignment, version })),
  );
}

/** The stored assignments of these visitors; strangers have none. */
export async function assignmentsOf(
  store: Store,
  site: string,
  visitors: readonly string[],
): Promise<Assignment[]> {
  const found: Assignment[] = [];
  for (const ids of lists('ids', visitors)) {
    const sql = `
      SELECT site, visitor_id, spans FROM assignments FINAL
      WHERE site = {site:String} AND visitor_id IN ${ids.sql}
      ORDER BY visitor_id`;
    found.push(...(await store.query<Assignment>({ sql, params: { site, ...ids.params } })));
  }
  return found;
}
