import type { Problem } from '@throughline/contract';

/** A failure that the operator can mend. Its message is one clear sentence that says what to do; no stack is shown. */
export class PlainError extends Error {
  /** What --json tells; the API's own problem where the API refused. */
  readonly problem: Problem;

  constructor(message: string, options: ErrorOptions & { problem?: Problem } = {}) {
    super(message, options);
    this.name = 'PlainError';
    this.problem = options.problem ?? { code: 'failed', message, at: '' };
  }
}
