import type { Assignment } from '@throughline/contract';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';

/** Stores what the resolver says, whole. `version`: the highest of a visitor counts; see `highestVersion`. */
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

/**
 * The highest version that is stored of these, 0 for none. Whoever replaces rows takes a higher one, so that what was
 * read is replaced whatever the clocks of the nodes say that wrote it.
 */
export async function highestVersion(
  store: Store,
  site: string,
  { visitors, persons }: { visitors: readonly string[]; persons: readonly string[] },
): Promise<number> {
  let highest = 0;
  const ask = async (sql: string, params: Record<string, unknown>) => {
    const [row] = await store.query<{ version: number }>({ sql, params: { site, ...params } });
    highest = Math.max(highest, row?.version ?? 0);
  };
  for (const ids of lists('ids', visitors))
    await ask(
      `SELECT max(version) AS version FROM assignments WHERE site = {site:String} AND visitor_id IN ${ids.sql}`,
      ids.params,
    );
  for (const ids of lists('ids', persons))
    await ask(
      `SELECT max(version) AS version FROM customers WHERE site = {site:String} AND person_id IN ${ids.sql}`,
      ids.params,
    );
  return highest;
}
