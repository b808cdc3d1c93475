import type { Host } from '../host.ts';

/** A host over the test's own window, whose clock stands still until the test moves it and whose chance counts up. */
export interface TestHost extends Host {
  time: number;
  warnings: string[];
}

export const NOON = Date.UTC(2026, 10, 22, 12);

export function testHost(window: Window & typeof globalThis): TestHost {
  let drawn = 0;
  const host: TestHost = {
    window,
    time: NOON,
    warnings: [],
    now: () => host.time,
    random: (length) => String(++drawn).padStart(length, 'r'),
    chance: () => 0.5,
    warn: (message) => host.warnings.push(message),
  };
  return host;
}
