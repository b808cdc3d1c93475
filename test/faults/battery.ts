import { expect, it } from 'vitest';
import { Chance } from './chance.ts';
import { KNOWN_FAILURES } from './known-failures.ts';

/** `FAULTS=long` runs each row as often as it is published; without it a short form runs. */
export const LONG = process.env['FAULTS'] === 'long';
/** Set by test/vitest.config.ts when nobody gave one. */
export const SEED = process.env['FAULTS_SEED'] ?? '1';

/** What a row of the battery found: a line of the table that fault-reporter.ts prints. */
export interface Finding {
  /** How often the fault was made. */
  runs: number;
  /** Events that were answered 2xx. */
  acknowledged: number;
  /** Of those, not in the store at the end. */
  lost: number;
  /** Events that the store holds more than once. */
  doubled: number;
  /** What else the row asks: exit codes, milliseconds, megabytes. */
  also: Record<string, string | number>;
}

declare module 'vitest' {
  interface TaskMeta {
    finding?: Finding;
  }
}

export interface Row {
  /** How often the fault is made in each form. */
  short: number;
  long: number;
  /** The bound in time of each form. */
  short_s_max: number;
  long_s_max: number;
}

export interface Tools {
  finding: Finding;
  chance: Chance;
  /** How often to make the fault in this form. */
  runs: number;
  /** A chance that repeats one run alone. */
  chanceOf(run: number): Chance;
}

/**
 * A row of the battery. Whatever it looks at itself, nothing acknowledged may be lost and nothing doubled. A row in
 * KNOWN_FAILURES runs only when `FAULTS_KNOWN` is set.
 */
export function row(fault: string, how: Row, work: (tools: Tools) => Promise<void>): void {
  const known = KNOWN_FAILURES.some((one) => one.fault === fault) && !process.env['FAULTS_KNOWN'];
  const s_max = LONG ? how.long_s_max : how.short_s_max;
  it.skipIf(known)(fault, { timeout: s_max * 1_000 }, async ({ task }) => {
    const finding: Finding = { runs: 0, acknowledged: 0, lost: 0, doubled: 0, also: {} };
    task.meta.finding = finding;
    await work({
      finding,
      chance: new Chance(`${SEED}:${fault}`),
      runs: LONG ? how.long : how.short,
      chanceOf: (run) => new Chance(`${SEED}:${fault}:${run}`),
    });
    expect(finding.runs, 'the fault was never made').toBeGreaterThan(0);
    expect({ lost: finding.lost, doubled: finding.doubled }).toEqual({ lost: 0, doubled: 0 });
  });
}
