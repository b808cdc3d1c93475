import type { Effects } from './effects.ts';

/** The command's surroundings; tests put their own. */
export interface Cli {
  environment: Readonly<Record<string, string | undefined>>;
  effects: Effects;
  /** What the command is for: tables, JSON, exported rows. */
  out(text: string): void;
  /** Progress, hints, logs. */
  err(text: string): void;
  /** Whether people watch: progress lines are overwritten and logs are made to be read. */
  terminal: boolean;
  /** Resolves when the operator asks the program to end. */
  stopped(): Promise<void>;
}

/** Prints `value` as one line of JSON, or what `text` makes of it. */
export function print<Value>(
  cli: Cli,
  json: boolean | undefined,
  value: Value,
  text: (value: Value) => string,
): void {
  cli.out(json ? `${JSON.stringify(value)}\n` : `${text(value)}\n`);
}
