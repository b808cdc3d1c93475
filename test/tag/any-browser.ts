/** Starts one. What it asks of hosts that are not this machine it asks of the `proxy`, an origin: so every name is the shop's. */
export type Launch = (file: string, proxy: string) => Promise<AnyBrowser>;

/** A browser with one visitor in it, as much of it as the shared scenarios need. */
export interface AnyBrowser {
  /** From here on another visitor, of whom nothing is stored. `blanks`: pages that store nothing, one of each host. */
  fresh(blanks: readonly string[]): Promise<void>;
  /** Resolves when the page has been loaded. */
  open(url: string): Promise<unknown>;
  /** The value of an expression in the page, or of the promise that it is, when it is a text, a number or a truth value. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses and lets go of the mouse on the first element found, quickly this often. */
  click(selector: string, times?: number): Promise<unknown>;
  /** Writes into a field by the keyboard. */
  type(selector: string, text: string): Promise<unknown>;
  /** Opens the page in another tab of the same visitor and goes on there. */
  openTab(url: string): Promise<void>;
  /** Closes that tab and goes on in the one before. */
  closeTab(): Promise<void>;
  close(): Promise<void>;
}
