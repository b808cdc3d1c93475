import type { Statement } from '@throughline/store';
import { Bindings } from '../bindings.ts';
import { alwaysOf } from '../people/summary.ts';
import type { ReportContext } from '../reader.ts';
import { ORDER_KEY, resolvedSql } from '../resolved.ts';

export const DEVICES_MAX = 100;
export const PEOPLE_MAX = 20;

/** One row a visitor that anybody was identified on: how many `customers`. */
const visitorsSql = (bindings: Bindings, site: string) => `
  SELECT visitor_id, spans, arrayDistinct(arrayFilter(person -> person != '', spans.2)) AS customers
  FROM assignments FINAL WHERE site = ${bindings.text(site)}`;

export interface SharedRow {
  known: number;
  shared: number;
  public: number;
  people: number;
}

/** `most`: customers up to which a visitor is not public. */
export function sharedStatement({ site }: ReportContext, most: number): Statement<SharedRow> {
  const bindings = new Bindings();
  const several = 'length(customers) > 1';
  return {
    sql: `SELECT countIf(notEmpty(customers)) AS known, countIf(${several}) AS shared,
        countIf(length(customers) > ${bindings.bind('Int64', most)}) AS public,
        length(groupUniqArrayArrayIf(customers, ${several})) AS people
      FROM (${visitorsSql(bindings, site.site)})`,
    params: bindings.params,
  };
}

export interface DeviceRow {
  visitor_id: string;
  /** How many customers. */
  held_by: number;
  rules: { rule: string; stretches: number }[];
}

export function devicesStatement({ site }: ReportContext): Statement<DeviceRow> {
  const bindings = new Bindings();
  const stretches = (rule: string) => `(rule, toUInt32(countEqual(spans.3, ${rule})))`;
  return {
    sql: `SELECT visitor_id, length(customers) AS held_by,
        arrayMap(rule -> ${stretches('rule')}, arraySort(arrayDistinct(spans.3)))::Array(Tuple(rule String, stretches UInt32)) AS rules
      FROM (${visitorsSql(bindings, site.site)})
      WHERE length(customers) > 1
      ORDER BY held_by DESC, spans[-1].1 DESC, visitor_id LIMIT ${DEVICES_MAX}`,
    params: bindings.params,
  };
}

export interface HandRow {
  visitor_id: string;
  person_id: string;
  device: string;
  events: number;
  last_seen: string;
}

/** Whose events each of these visitors has. */
export function handsStatement(context: ReportContext, visitors: string[]): Statement<HandRow> {
  const bindings = new Bindings();
  const events = resolvedSql(alwaysOf(context), bindings, {
    columns: [`${ORDER_KEY} AS key`, 'device::String AS device'],
    where: `visitor_id IN ${bindings.bind('Array(String)', visitors)}`,
  });
  return {
    sql: `SELECT visitor_id, person_id, argMaxIf(event.device, key, event.device != '') AS device, count() AS events, max(time) AS last_seen
      FROM (${events}) AS event GROUP BY visitor_id, person_id ORDER BY visitor_id, events DESC, person_id LIMIT ${PEOPLE_MAX} BY visitor_id`,
    params: bindings.params,
  };
}
