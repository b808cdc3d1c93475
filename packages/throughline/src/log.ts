export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Fields = Readonly<Record<string, unknown>>;

/** One line a message. Messages are fixed sentences and fields never hold visitor data. */
export type Log = Record<LogLevel, (message: string, fields?: Fields) => void>;

export interface LogOptions {
  level: LogLevel;
  /** For people at a terminal; otherwise JSON, one object a line. */
  pretty: boolean;
  clock(): Date;
  write(line: string): void;
}

export function createLog({ level, pretty, clock, write }: LogOptions): Log {
  const format = pretty ? prettyLine : jsonLine;
  const at =
    (name: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (LOG_LEVELS.indexOf(name) <= LOG_LEVELS.indexOf(level))
        write(`${format(clock(), name, message, fields)}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

function jsonLine(time: Date, level: LogLevel, message: string, fields: Fields): string {
  return JSON.stringify({ ...fields, time: time.toISOString(), level, message }, plainValue);
}

function prettyLine(time: Date, level: LogLevel, message: string, fields: Fields): string {
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value, plainValue)}`);
  return `${time.toISOString().slice(11, 19)} ${level.padEnd(5)} ${message}${rest.join('')}`;
}

/** Errors and big integers, which JSON has no form for. */
function plainValue(_key: string, value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === 'bigint' ? value.toString() : value;
}
