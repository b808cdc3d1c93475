import { BAD_ARGUMENTS, NOT_IMPLEMENTED, Refusal } from './failure.ts';

/** One request as ClickHouse's HTTP interface describes it (clickhouse.com/docs/interfaces/http). */
export interface EngineRequest {
  query_id: string | undefined;
  database: string;
  default_format: string;
  /** The `query` URL parameter; what follows in the body is appended to it, or is the data of an INSERT. */
  query: string;
  params: Map<string, string>;
  settings: Map<string, string>;
}

/** URL parameters that are neither settings nor values; those without a meaning here are ignored. */
const RESERVED = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'wait_end_of_query',
  'buffer_size',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'stacktrace',
]);
/** Accepted by a server, and silently doing something else if we ignored them. */
const UNSUPPORTED = new Set([
  'session_id',
  'role',
  'user',
  'password',
  'compress',
  'decompress',
  'quota_key',
]);

export const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const SETTING_NAME = /^[a-z][a-z0-9_]*$/;
const SETTING_VALUE = /^[A-Za-z0-9_.,:/+-]*$/;

/** Reads the URL. Throws `Refusal` on a name or a setting's value outside its alphabet. */
export function parseRequest(url: URL, headers: { database?: string; format?: string } = {}): EngineRequest {
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (name.startsWith('param_')) {
      const key = name.slice('param_'.length);
      if (!NAME.test(key)) throw new Refusal(BAD_ARGUMENTS, 'The name of a query parameter is not a word');
      params.set(key, value);
    } else if (UNSUPPORTED.has(name)) {
      throw new Refusal(NOT_IMPLEMENTED, `The embedded engine has no ${name}`);
    } else if (!RESERVED.has(name)) {
      if (!SETTING_NAME.test(name)) throw new Refusal(BAD_ARGUMENTS, 'The name of a setting is not a word');
      if (!SETTING_VALUE.test(value)) {
        throw new Refusal(
          BAD_ARGUMENTS,
          `The value of the setting ${name} holds a character that is refused`,
        );
      }
      settings.set(name, value);
    }
  }
  const database = url.searchParams.get('database') ?? headers.database ?? 'default';
  if (!NAME.test(database)) throw new Refusal(BAD_ARGUMENTS, 'The name of the database is not a word');
  const default_format = url.searchParams.get('default_format') ?? headers.format ?? 'TabSeparated';
  if (!NAME.test(default_format)) throw new Refusal(BAD_ARGUMENTS, 'The name of the format is not a word');
  return {
    query_id: url.searchParams.get('query_id') ?? undefined,
    database,
    default_format,
    query: url.searchParams.get('query') ?? '',
    params,
    settings,
  };
}
