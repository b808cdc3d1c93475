/** An INSERT whose rows stand in the request's body, in the shape that chdb's raw insert takes. */
export interface RawInsert {
  table: string;
  columns: string[] | undefined;
  format: string;
}

const INSERT =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?(\w+(?:\.\w+)?)\s*(?:\(([\w\s,.]*)\))?\s+FORMAT\s+(JSONEachRow|JSONCompactEachRow|TabSeparated|CSV)\s*;?\s*$/i;

/**
 * The fast way: chdb takes the body's bytes as they are. An INSERT of any other shape (a SETTINGS clause, SELECT,
 * another format) goes through the engine's own parser as one text.
 */
export function rawInsertOf(query: string): RawInsert | undefined {
  const found = INSERT.exec(query);
  if (!found?.[1] || !found[3]) return undefined;
  const columns = found[2]?.split(',').map((name) => name.trim());
  return { table: found[1], columns, format: found[3] };
}

/** Inserts and everything else that writes; these have slots of their own so that no report holds them up. */
export const isRead = (query: string) =>
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(SELECT|WITH|SHOW|DESC|DESCRIBE|EXPLAIN|EXISTS)\b/i.test(query);
