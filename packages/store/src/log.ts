/** Where the store tells what an operator should know. Lines hold no visitor's data and no SQL. */
export type Log = (line: { level: 'info' | 'warn' | 'error'; message: string }) => void;

/** Warnings and errors on stderr. */
export const logToStderr: Log = ({ level, message }) => {
  if (level !== 'info') process.stderr.write(`${level}: ${message}\n`);
};
