import type { NamesView } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { inScope } from '../resolved.ts';

const DAY_MS = 86_400_000;

/** How far back names are looked for, and how many of each kind are given. */
export const NAMES_DAYS = 90;
export const NAMES_MAX = 500;

export interface NameRow {
  kind: 'event' | 'property' | 'trait';
  name: string;
  events: number;
}

export function namesStatement({ site, now }: ReportContext): Statement<NameRow> {
  const bindings = new Bindings();
  const to_ms = now.getTime() + DAY_MS;
  const scope = {
    site: site.site,
    timezone: site.timezone,
    from_ms: now.getTime() - NAMES_DAYS * DAY_MS,
    to_ms,
  };
  const top = `ORDER BY events DESC, name LIMIT ${NAMES_MAX}`;
  return {
    sql: `SELECT * FROM (SELECT 'event' AS kind, name::String AS name, count() AS events FROM events
        WHERE ${inScope(scope, bindings)} GROUP BY name ${top})
      UNION ALL SELECT * FROM (SELECT 'property' AS kind, key::String AS name, count() AS events FROM events
        ARRAY JOIN mapKeys(properties) AS key WHERE ${inScope(scope, bindings)} GROUP BY name ${top})
      UNION ALL SELECT * FROM (SELECT 'trait' AS kind, key AS name, count() AS events FROM customers FINAL
        ARRAY JOIN mapKeys(traits) AS key WHERE site = ${bindings.text(site.site)} AND gone = 0 GROUP BY name ${top})`,
    params: bindings.params,
  };
}

/** `GET …/names`: what the builders' menus offer, most frequent first, from the last 90 days. */
export async function runNames(reader: Reader, context: ReportContext): Promise<NamesView> {
  const rows = (await reader.query(namesStatement(context))).toSorted((a, b) => b.events - a.events);
  const of = (kind: NameRow['kind']) => rows.filter((row) => row.kind === kind);
  return {
    events: of('event').map(({ name, events }) => ({ name, events })),
    properties: of('property').map(({ name }) => name),
    traits: of('trait').map(({ name }) => name),
  };
}
