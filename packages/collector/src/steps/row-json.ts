import { isEmpty, wellFormed } from './text.ts';

/** Nothing to escape and no surrogate: what almost every text of an event is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;

const textJson = (text: string): string =>
  PLAIN.test(text) ? `"${text}"` : JSON.stringify(wellFormed(text));

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
 * An object as one line of JSON that ClickHouse reads. JSON.stringify writes a lone surrogate as `\udXXX`, which
 * ClickHouse refuses; only a line with such an escape is looked at twice.
 */
export function lineJson(object: object): string {
  const json = JSON.stringify(object);
  return json.includes('\\ud') ? JSON.stringify(repaired(object)) : json;
}

/**
 * The row as one line of JSON without the columns that are empty, for which ClickHouse puts in the same: of a page
 * view's 46 columns some 20 say something. Written by hand because JSON.stringify of the whole row was the largest
 * part of taking an event in.
 */
export function rowJson(row: object): string {
  let json = '';
  for (const column in row) {
    const value = (row as Record<string, unknown>)[column];
    if (typeof value === 'string') {
      if (value !== '') json += `,"${column}":${textJson(value)}`;
    } else if (typeof value === 'number') json += `,"${column}":${value}`;
    else if (typeof value === 'object' && value !== null && !isEmpty(value))
      json += `,"${column}":${lineJson(value)}`;
  }
  return `{${json.slice(1)}}`;
}
