/** What the tag needs from outside: the page it runs in, the clock and chance. Tests hand in their own. */
export interface Host {
  window: Window & typeof globalThis;
  /** Milliseconds since 1970, the client's clock. */
  now(): number;
  /** `length` random characters of `[0-9a-z]`, about 5 bits each. */
  random(length: number): string;
  /** From 0 up to 1. */
  chance(): number;
  /** Tells the developer of the page something; silent unless `debug` is on. Never visitor data. */
  warn(message: string, cause?: unknown): void;
}

export function browserHost(debug: boolean | undefined): Host {
  return {
    window,
    now: () => Date.now(),
    random: (length) => {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
    },
    chance: () => Math.random(),
    warn: (message, cause) => {
      if (debug) console.warn(`throughline: ${message}`, cause);
    },
  };
}
