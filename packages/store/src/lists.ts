/**
 * Percent-encoded characters of one bound array. A server refuses a parameter above 128 KiB
 * (http_max_field_value_size); the escapes of quotes and backslashes at most double what is counted here.
 */
const FIELD_CHARS_MAX = 60_000;
/** Arrays of one statement: they travel in the URL, and a server refuses one above 1 MiB (http_max_uri_size). */
const FIELDS_MAX = 8;

/** A long list as bound arrays: put `sql` where an Array(String) is wanted, and `params` beside the other values. */
export interface List {
  sql: string;
  params: Record<string, string[]>;
  values: string[];
}

/**
 * Cuts a long list into as few statements as a server takes; `name` is the common beginning of the parameters.
 * Gives no list for no values.
 */
export function lists(name: string, values: readonly string[]): List[] {
  const fields = cut(values);
  const made: List[] = [];
  for (let i = 0; i < fields.length; i += FIELDS_MAX) {
    const part = fields.slice(i, i + FIELDS_MAX);
    const placeholders = part.map((_, k) => `{${name}_${k}:Array(String)}`);
    made.push({
      sql: placeholders.length === 1 ? placeholders.join() : `arrayConcat(${placeholders.join(', ')})`,
      params: Object.fromEntries(part.map((field, k) => [`${name}_${k}`, field])),
      values: part.flat(),
    });
  }
  return made;
}

function cut(values: readonly string[]): string[][] {
  const fields: string[][] = [];
  let field: string[] = [];
  let chars = 0;
  for (const value of values) {
    const size = encodedLength(value);
    if (field.length > 0 && chars + size > FIELD_CHARS_MAX) {
      fields.push(field);
      field = [];
      chars = 0;
    }
    field.push(value);
    chars += size;
  }
  if (field.length > 0) fields.push(field);
  return fields;
}

/** In the URL, with two quotes and a comma, which take three characters each. */
const encodedLength = (value: string) =>
  (/^[\w.-]*$/.test(value) ? value.length : new URLSearchParams([['', value]]).toString().length) + 9;
