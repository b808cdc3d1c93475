import type { Identifier, Per, PersonSummary } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { money } from '../map/view.ts';
import { orderedEventsSql } from '../orders.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { ORDER_KEY, type Scope, sessionColumn, UNIT_COLUMN } from '../resolved.ts';
import { IS_VISIT, TELLS_CHANNEL, VISIT_COLUMN } from '../visit.ts';

export interface SummaryRow {
  unit: string;
  /** The person; per session or visitor the one of its last event. */
  owner: string;
  first_seen: string;
  last_seen: string;
  visitors: number;
  sessions: number;
  events: number;
  orders: number;
  revenue: number;
  first_channel: string;
  country: string;
}

export interface CustomerRow {
  person_id: string;
  identifiers: Identifier[];
  traits: Record<string, string>;
}

/** All of the site's time. */
export function alwaysOf({ site }: ReportContext): Scope {
  return { from_ms: 0, to_ms: Date.UTC(2200, 0, 1), site: site.site, timezone: site.timezone };
}

/** Condition on `events`: those that can belong to the people (ids of persons and of strangers' visitors). */
export function eventsOf(people: string[], site: string, bindings: Bindings): string {
  const ids = bindings.bind('Array(String)', people);
  return `visitor_id IN ${ids} OR visitor_id IN (SELECT visitor_id FROM assignments FINAL ARRAY JOIN spans AS span
    WHERE site = ${bindings.text(site)} AND tupleElement(span, 2) IN ${ids})`;
}

/** What is known of each unit from all of its time, not only the report's range. */
export function summaryStatement(context: ReportContext, units: string[], per: Per): Statement<SummaryRow> {
  const bindings = new Bindings();
  const scope = alwaysOf(context);
  const { site, currency } = context.site;
  const ids = bindings.bind('Array(String)', units);
  const visitors = bindings.bind(
    'Array(String)',
    units.map((unit) => unit.split('/')[0]!),
  );
  const owned = per === 'person' ? `(${eventsOf(units, site, bindings)})` : `visitor_id IN ${visitors}`;
  const events = orderedEventsSql(scope, bindings, currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      sessionColumn(scope, bindings),
      'channel::String AS channel',
      'country::String AS country',
      'name::String AS name',
      VISIT_COLUMN,
    ],
    where: per === 'session' ? `${owned} AND ${IS_VISIT}` : owned,
    visitors: owned,
    people: `${UNIT_COLUMN[per]} IN ${ids}`,
  });
  const sql = `SELECT * EXCEPT (told) FROM (SELECT ${UNIT_COLUMN[per]} AS unit, argMax(person_id, key) AS owner, min(time) AS first_seen,
      max(time) AS last_seen, uniqExact(visitor_id) AS visitors, uniqExactIf(session, visit) AS sessions, count() AS events,
      countIf(is_order) AS orders, sum(revenue) AS revenue,
      argMinIf(channel, key, ${TELLS_CHANNEL}) AS told, if(told = '', 'unassigned', told) AS first_channel, argMaxIf(country, key, country != '') AS country
    FROM (${events}) AS event GROUP BY unit)`;
  return { sql, params: bindings.params };
}

export function customersStatement({ site }: ReportContext, people: string[]): Statement<CustomerRow> {
  const bindings = new Bindings();
  return {
    sql: `SELECT person_id, identifiers, traits FROM customers FINAL
      WHERE site = ${bindings.text(site.site)} AND gone = 0
        AND person_id IN ${bindings.bind('Array(String)', people)}`,
    params: bindings.params,
  };
}

/** Summaries in the order of `units`. */
export async function summariesOf(
  reader: Reader,
  context: ReportContext,
  units: string[],
  per: Per,
): Promise<PersonSummary[]> {
  if (units.length === 0) return [];
  const rows = await reader.query(summaryStatement(context, units, per));
  const people = [...new Set(rows.map(({ owner }) => owner))];
  const customers = await reader.query(customersStatement(context, people));
  return units.flatMap((unit) => {
    const row = rows.find((one) => one.unit === unit);
    const customer = customers.find(({ person_id }) => person_id === row?.owner);
    return row ? [summaryOf(row, customer, per)] : [];
  });
}

export function summaryOf(row: SummaryRow, customer: CustomerRow | undefined, per: Per): PersonSummary {
  const { unit, owner, ...numbers } = row;
  return {
    ...numbers,
    id: per === 'session' ? owner : unit,
    ...(per === 'session' && { session_id: unit.slice(unit.indexOf('/') + 1) }),
    label: customer ? labelOf(customer) : '',
    known: owner.startsWith('p_'),
    revenue: money(numbers.revenue),
  };
}

/** A name, a readable address or the shop's own id; '' when everything is hashed. */
export function labelOf({ traits, identifiers }: CustomerRow): string {
  const full = [traits['first_name'], traits['last_name']].filter(Boolean).join(' ');
  const readable = identifiers.find(({ kind, value }) =>
    kind === 'email' || kind === 'phone' ? !isHash(value) : kind === 'user_id' || kind === 'loyalty_id',
  );
  return traits['name'] || full || traits['username'] || readable?.value || '';
}

export const isHash = (value: string) => /^[0-9a-f]{64}$/.test(value);
