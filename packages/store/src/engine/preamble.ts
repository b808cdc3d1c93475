import type { EngineRequest } from './request.ts';

/** A string literal of ClickHouse's SQL. Backslash and quote are the only characters that could end it. */
export const literal = (text: string) => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;

/**
 * What puts a fresh connection into the state a request asks for: its database, settings and values. One SET
 * holds all, because `readonly = 1` forbids a second one. Names and settings went through `parseRequest`.
 */
export function preamble(request: EngineRequest): string[] {
  const assignments = [
    ...[...request.settings].map(([name, value]) => `${name} = ${literal(value)}`),
    ...[...request.params].map(([name, value]) => `param_${name} = ${literal(value)}`),
  ];
  const set = assignments.length > 0 ? [`SET ${assignments.join(', ')}`] : [];
  // Values are part of that statement's text, which is at most 256 KiB unless told otherwise.
  const room = set.some((sql) => sql.length > 60_000) ? ['SET max_query_size = 16777216'] : [];
  const use = request.database === 'default' ? [] : [`USE ${request.database}`];
  return [...use, ...room, ...set];
}
