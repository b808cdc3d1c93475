/** A failure that the operator can mend. Its message is one clear sentence that says what to do; no stack is shown. */
export class PlainError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PlainError';
  }
}
