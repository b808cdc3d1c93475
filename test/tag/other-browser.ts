/** As much of a browser as the flow needs. */
export interface OtherBrowser {
  /** Resolves when the page has been loaded. */
  open(url: string): Promise<unknown>;
  /** The value of an expression in the page, when it is a text, a number or a truth value. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}
