import { ProblemError } from '@throughline/contract';

const FAILURES_MAX = 10;
const WINDOW_MS = 60_000;
/** Addresses remembered at once; beyond it the window starts over for all, which bounds the memory. */
const ADDRESSES_MAX = 10_000;

/** Counts failed sign-ins per address, so that tokens cannot be tried in bulk. */
export interface Attempts {
  /** Throws 429 after too many failures within the last minute. */
  check(address: string): void;
  failed(address: string): void;
}

export function createAttempts(clock: () => Date): Attempts {
  const failures = new Map<string, number>();
  let window = 0;
  const current = () => {
    const now = Math.floor(clock().getTime() / WINDOW_MS);
    if (now !== window || failures.size >= ADDRESSES_MAX) failures.clear();
    window = now;
    return failures;
  };
  return {
    check(address) {
      if ((current().get(address) ?? 0) >= FAILURES_MAX)
        throw new ProblemError(429, {
          code: 'too_many_attempts',
          message: 'Too many failed sign-ins; wait a minute.',
          at: '',
        });
    },
    failed(address) {
      current().set(address, (failures.get(address) ?? 0) + 1);
    },
  };
}
