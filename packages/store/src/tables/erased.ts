import type { Identifier } from '@throughline/contract';
import { lists } from '../lists.ts';
import { sipHex } from '../sip-hash.ts';
import type { Store } from '../store.ts';

/** What stands for a visitor or an identifier without naming it. */
export const visitorMark = (visitor_id: string): string => sipHex(`visitor\0${visitor_id}`);
export const identifierMark = ({ kind, value }: Identifier): string => sipHex(`${kind}\0${value}`);

/** Notes whom an erasure is about, before anything of them is deleted. `at`: milliseconds since 1970. */
export async function markErased(
  store: Store,
  { site, marks, at }: { site: string; marks: readonly string[]; at: number },
): Promise<void> {
  if (marks.length === 0) return;
  const erased_at = new Date(at).toISOString();
  await store.insert(
    'erased',
    marks.map((mark) => ({ site, mark, erased_at })),
  );
}

/** By site and mark: when it was erased last, in milliseconds since 1970. Only erasures after `since`. */
export async function erasedSince(
  store: Store,
  sites: readonly string[],
  since: number,
): Promise<Map<string, Map<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  for (const some of lists('sites', sites)) {
    const rows = await store.query<{ site: string; mark: string; at: number }>({
      sql: `
        SELECT site, mark, toUnixTimestamp64Milli(max(erased_at)) AS at FROM erased
        WHERE site IN ${some.sql} AND erased_at > fromUnixTimestamp64Milli({since:Int64}, 'UTC')
        GROUP BY site, mark`,
      params: { ...some.params, since },
    });
    for (const { site, mark, at } of rows)
      found.set(site, (found.get(site) ?? new Map<string, number>()).set(mark, at));
  }
  return found;
}
