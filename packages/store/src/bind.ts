import type { Statement } from './store.ts';

const PLACEHOLDER = /\{(\w+):([^{}]+)\}/g;

/**
 * The values of a statement as ClickHouse reads them: instants without the `Z` that a DateTime64 parameter does
 * not take. Throws when a placeholder has no value, a mistake in the program.
 */
export function bind(statement: Statement): Record<string, unknown> {
  const given = statement.params ?? {};
  const bound: Record<string, unknown> = {};
  for (const [, name, type] of statement.sql.matchAll(PLACEHOLDER)) {
    if (name === undefined || type === undefined) continue;
    if (!Object.hasOwn(given, name) || given[name] === undefined) {
      throw new TypeError(`The statement has no value for {${name}:${type}}`);
    }
    bound[name] = type.includes('DateTime') ? instants(given[name]) : given[name];
  }
  return bound;
}

function instants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(instants);
  if (value instanceof Date) return instants(value.toISOString());
  if (typeof value !== 'string') return value;
  return value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z$/, '$1 $2');
}
