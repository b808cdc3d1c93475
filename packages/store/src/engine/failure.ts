/** What the engine's HTTP door answers when it refuses: ClickHouse's own text, its code, and an HTTP status. */
export interface Failure {
  status: number;
  code: number;
  /** `Code: N. DB::Exception: … (NAME)`, as a ClickHouse server would write it. */
  text: string;
}

export const AUTHENTICATION_FAILED = 516;
export const TOO_MANY_QUERIES = 202;
export const BAD_ARGUMENTS = 36;
export const NOT_IMPLEMENTED = 48;
export const TOO_LARGE = 307;

const NAMES: Record<number, string> = {
  [AUTHENTICATION_FAILED]: 'AUTHENTICATION_FAILED',
  [TOO_MANY_QUERIES]: 'TOO_MANY_SIMULTANEOUS_QUERIES',
  [BAD_ARGUMENTS]: 'BAD_ARGUMENTS',
  [NOT_IMPLEMENTED]: 'NOT_IMPLEMENTED',
  [TOO_LARGE]: 'TOO_MANY_BYTES',
};

const STATUS: Record<number, number> = {
  46: 404,
  47: 404,
  60: 404,
  62: 400,
  81: 404,
  115: 404,
  159: 408,
  [AUTHENTICATION_FAILED]: 401,
  [TOO_MANY_QUERIES]: 503,
  [BAD_ARGUMENTS]: 400,
  [NOT_IMPLEMENTED]: 501,
  [TOO_LARGE]: 413,
};

/** A refusal of the door itself, made before the engine sees anything. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Turns whatever a request threw into an answer. 1002 is ClickHouse's code for "unknown exception". */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) {
    const text = `Code: ${error.code}. DB::Exception: ${error.message}. (${NAMES[error.code] ?? 'UNKNOWN_EXCEPTION'})`;
    return { status: STATUS[error.code] ?? 500, code: error.code, text };
  }
  const text = error instanceof Error ? error.message : String(error);
  const found = /^Code: (\d+)\./.exec(text)?.[1];
  if (found === undefined) {
    return { status: 500, code: 1002, text: `Code: 1002. DB::Exception: ${text}. (UNKNOWN_EXCEPTION)` };
  }
  const code = Number(found);
  return { status: STATUS[code] ?? 500, code, text };
}
