import type { Filter, Operator } from '@throughline/contract';
import type { Bindings } from './bindings.ts';
import { columnOf, type Property, propertyOf } from './property.ts';
import { isNumeric } from './schema.ts';

/** Each negative operator holds exactly where its positive one does not, missing values included. */
const NEGATIVE: Partial<Record<Operator, Operator>> = {
  neq: 'eq',
  not_in: 'in',
  not_contains: 'contains',
  not_exists: 'exists',
};
const COMPARISON: Partial<Record<Operator, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** A filter as SQL: over the columns of `events`, or, for a trait, over a column that holds the person. */
export interface FilterSql {
  /** `person`: the condition needs the resolved person. */
  on: 'event' | 'person';
  sql: string;
  /** The column of `events` that is asked; '' for a trait. */
  column: string;
}

/**
 * A missing value equals, contains and exceeds nothing. Text compares as text, a number (and every gt/gte/lt/lte)
 * as a number; text that is no number then does not match. `contains` ignores case. A product property holds if
 * it holds for any product of the event. `person` names the column with the person's id.
 */
export function filterSql(filter: Filter, bindings: Bindings, site: string, person = 'person_id'): FilterSql {
  const property = propertyOf(filter.property)!;
  const positive = NEGATIVE[filter.op];
  const sql = positiveSql(property, { ...filter, op: positive ?? filter.op }, bindings, site, person);
  return {
    on: property.kind === 'trait' ? 'person' : 'event',
    sql: positive === undefined ? sql : `NOT ${sql}`,
    column: columnOf(property),
  };
}

function positiveSql(
  property: Property,
  filter: Filter,
  bindings: Bindings,
  site: string,
  person: string,
): string {
  const test = (expression: string) => textTest(expression, filter, bindings);
  switch (property.kind) {
    case 'text':
      return test(property.column);
    case 'custom':
      return test(`properties[${bindings.text(property.key)}]`);
    case 'money':
      return moneyTest(property.column, filter, bindings);
    case 'products':
      return `arrayExists(product -> ${test('product')}, ${property.column})`;
    case 'trait':
      return `(${person} IN (SELECT person_id FROM customers FINAL WHERE site = ${bindings.text(site)} AND gone = 0
        AND ${test(`traits[${bindings.text(property.key)}]`)}))`;
  }
}

function textTest(expression: string, { op, value }: Filter, bindings: Bindings): string {
  if (op === 'exists') return `(${expression} != '')`;
  const number = `toFloat64OrNull(${expression}::String)`;
  if (COMPARISON[op]) {
    return `ifNull(${number} ${COMPARISON[op]} ${bindings.bind('Float64', Number(value))}, false)`;
  }
  if (op === 'contains') {
    return `(positionCaseInsensitiveUTF8(${expression}::String, ${bindings.text(String(value))}) > 0)`;
  }
  const values = Array.isArray(value) ? value : [value!];
  const numbers = values.filter((one) => typeof one === 'number');
  const texts = values.filter((one) => typeof one !== 'number').map(String);
  const parts = [];
  if (texts.length > 0) parts.push(`has(${bindings.bind('Array(String)', texts)}, ${expression}::String)`);
  if (numbers.length > 0) {
    parts.push(`ifNull(has(${bindings.bind('Array(Float64)', numbers)}, ${number}), false)`);
  }
  return `(${parts.join(' OR ')})`;
}

function moneyTest(column: string, { op, value }: Filter, bindings: Bindings): string {
  if (op === 'exists') return `isNotNull(${column})`;
  const number = `toFloat64(${column})`;
  if (op === 'contains')
    return `(position(ifNull(toString(${column}), ''), ${bindings.text(String(value))}) > 0)`;
  if (COMPARISON[op]) {
    return `ifNull(${number} ${COMPARISON[op]} ${bindings.bind('Float64', Number(value))}, false)`;
  }
  const values = (Array.isArray(value) ? value : [value]).filter(isNumeric).map(Number);
  return `(isNotNull(${column}) AND has(${bindings.bind('Array(Float64)', values)}, ifNull(${number}, 0)))`;
}
