/** Where the store tells what an operator should know. Messages hold no visitor's data and no SQL. */
export type Log = Record<'info' | 'warn' | 'error', (message: string) => void>;

/** Warnings and errors on stderr. */
export const logToStderr: Log = {
  info: () => {},
  warn: (message) => process.stderr.write(`warn: ${message}\n`),
  error: (message) => process.stderr.write(`error: ${message}\n`),
};

/** Where the engine dies on purpose. */
export const noLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
