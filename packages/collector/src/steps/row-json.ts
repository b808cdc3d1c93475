import { wellFormed } from './text.ts';

/** A value with every lone surrogate in it replaced, keys too. Rows are two levels deep. */
function repaired(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(repaired);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [wellFormed(key), repaired(inner)]),
    );
  return value;
}

/**
 * The row or link as one line of JSON that ClickHouse reads. JSON.stringify writes a lone surrogate as `\udXXX`,
 * which ClickHouse refuses; only a line with such an escape is looked at twice.
 */
export function rowJson(row: object): string {
  const json = JSON.stringify(row);
  return json.includes('\\ud') ? JSON.stringify(repaired(row)) : json;
}
