/** Numbers and names about the machine's own work; never a visitor's id, address, URL or text. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the collector says what happens to it. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Says nothing: for tests. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** What may be said of an error in a log line. Messages of ours hold no visitor data; foreign ones may, so they stay out. */
export function faultOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code = (error as { code?: unknown }).code;
  return { fault: error.name, code: typeof code === 'string' || typeof code === 'number' ? code : undefined };
}
