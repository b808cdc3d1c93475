import path from 'node:path';
import { LOG_LEVELS, type LogLevel } from './log.ts';
import { PlainError } from './plain-error.ts';

/** What the environment says. */
export interface Config {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Absolute. */
  data_dir: string;
  /** Unset: the embedded engine. */
  clickhouse?: ClickHouseConfig;
  /** Unset: generated and kept in `data_dir`. */
  admin_token?: string;
  /** Unset: generated and kept in `data_dir`. */
  identity_secret?: string;
  /** Of who may read `/metrics` from anywhere. */
  metrics_token?: string;
  /** Believe X-Forwarded-* of a proxy in front. */
  trust_proxy: boolean;
  /** Events per second that one address may send on average. Unset: the collector's own limit. */
  rate_limit?: number | 'off';
  /** Events per second that may come with one key on average. Unset: the collector's own limit. */
  key_rate_limit?: number | 'off';
  /** Absolute; an owner's own MaxMind DB file. Unset: the bundled one. */
  country_file?: string;
  log_level: LogLevel;
}

export interface ClickHouseConfig {
  url: string;
  user: string;
  password: string;
  database: string;
  cluster?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment; an empty variable counts as unset. Throws `PlainError` for a value that cannot be. */
export function readConfig(environment: Environment): Config {
  const read = (name: string) => environment[name]?.trim() || undefined;
  return {
    port: readPort(read('PORT')),
    host: readHost(read('HOST')),
    data_dir: path.resolve(read('DATA_DIR') ?? './data'),
    ...optional('clickhouse', readClickHouse(read)),
    ...optional('admin_token', readSecret('ADMIN_TOKEN', read('ADMIN_TOKEN'))),
    ...optional('identity_secret', readSecret('IDENTITY_SECRET', read('IDENTITY_SECRET'))),
    ...optional('metrics_token', readSecret('METRICS_TOKEN', read('METRICS_TOKEN'))),
    trust_proxy: readSwitch('TRUST_PROXY', read('TRUST_PROXY')),
    ...optional('rate_limit', readRateLimit('RATE_LIMIT', read('RATE_LIMIT'))),
    ...optional('key_rate_limit', readRateLimit('RATE_LIMIT_KEY', read('RATE_LIMIT_KEY'))),
    ...optional('country_file', readPath(read('COUNTRY_DB'))),
    log_level: readLogLevel(read('LOG_LEVEL')),
  };
}

const optional = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

function readPort(text = '8787'): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new PlainError(`PORT is "${text}"; it must be a whole number from 0 to 65535.`);
  return port;
}

function readHost(text = '127.0.0.1'): string {
  if (!/^[A-Za-z0-9.:_-]+$/.test(text))
    throw new PlainError(
      `HOST is "${text}"; it must be an address or a host name, without http:// and port.`,
    );
  return text;
}

function readClickHouse(read: (name: string) => string | undefined): ClickHouseConfig | undefined {
  const url = read('CLICKHOUSE_URL');
  if (url === undefined) {
    for (const name of [
      'CLICKHOUSE_USER',
      'CLICKHOUSE_PASSWORD',
      'CLICKHOUSE_DATABASE',
      'CLICKHOUSE_CLUSTER',
    ])
      if (read(name) !== undefined)
        throw new PlainError(
          `${name} is set but CLICKHOUSE_URL is not; set both, or neither for the embedded engine.`,
        );
    return undefined;
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new PlainError('CLICKHOUSE_URL must look like http://clickhouse.internal:8123.');
  if (new URL(url).username !== '' || new URL(url).password !== '')
    throw new PlainError(
      'CLICKHOUSE_URL holds a user or password; set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD instead.',
    );
  const database = read('CLICKHOUSE_DATABASE') ?? 'throughline';
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(database))
    throw new PlainError(`CLICKHOUSE_DATABASE is "${database}"; it must be letters, digits and _.`);
  return {
    url,
    user: read('CLICKHOUSE_USER') ?? 'default',
    password: read('CLICKHOUSE_PASSWORD') ?? '',
    database,
    ...optional('cluster', read('CLICKHOUSE_CLUSTER')),
  };
}

function readSecret(name: string, text: string | undefined): string | undefined {
  if (text !== undefined && !/^[\x21-\x7e]{16,200}$/.test(text))
    throw new PlainError(`${name} must be 16 to 200 printable characters without spaces.`);
  return text;
}

function readSwitch(name: string, text = '0'): boolean {
  const value = {
    '1': true,
    true: true,
    yes: true,
    on: true,
    '0': false,
    false: false,
    no: false,
    off: false,
  }[text.toLowerCase()];
  if (value === undefined) throw new PlainError(`${name} is "${text}"; it must be 1 or 0.`);
  return value;
}

function readRateLimit(name: string, text: string | undefined): number | 'off' | undefined {
  if (text === undefined) return undefined;
  if (text.toLowerCase() === 'off') return 'off';
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new PlainError(
      `${name} is "${text}"; it must be off, or a whole number of events per second from 1 to 999999.`,
    );
  return Number(text);
}

const readPath = (text: string | undefined) => (text === undefined ? undefined : path.resolve(text));

function readLogLevel(text = 'info'): LogLevel {
  const level = LOG_LEVELS.find((name) => name === text.toLowerCase());
  if (level === undefined)
    throw new PlainError(`LOG_LEVEL is "${text}"; it must be one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}
