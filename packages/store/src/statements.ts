/**
 * Splits a schema file into its statements at the semicolons that stand outside of quotes and comments.
 * Comments stay: ClickHouse skips them. Pieces with nothing but comments are left out.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let empty = true;
  for (const { 0: token, index } of sql.matchAll(TOKEN)) {
    if (token === ';') {
      if (!empty) statements.push(sql.slice(start, index).trim());
      start = index + 1;
      empty = true;
    } else if (!/^(\s|--|\/\*)/.test(token)) empty = false;
  }
  if (!empty) statements.push(sql.slice(start).trim());
  return statements;
}

/** Comments, quoted text with its escapes, white space, a semicolon, or any other character. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`\\]|\\[\s\S]|``)*`|\s+|;|[\s\S]/g;

/** The same text, as long, with blanks for comments and for what is in quotes: to look for words of SQL in. */
export function masked(sql: string): string {
  return sql.replace(TOKEN, (token) =>
    /^(--|\/\*|'|"|`)/.test(token) && token.length > 1 ? token.replace(/[^\n]/g, ' ') : token,
  );
}
