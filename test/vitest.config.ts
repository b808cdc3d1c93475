import { randomBytes } from 'node:crypto';
import { configDefaults, defineConfig } from 'vitest/config';
import LongFirst from './long-first.ts';

// The battery (test/faults) prints its seed, and repeats a run that is given one. Its workers inherit this.
process.env['FAULTS_SEED'] ??= String(randomBytes(4).readUInt32LE());

export default defineConfig({
  test: {
    root: '.',
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // What Chromium does there it proves in more detail elsewhere; with BROWSERS=all it takes the same steps as the others.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env['BROWSERS'] === 'all' ? [] : ['test/tag/in-chromium.test.ts']),
    ],
    // Two cores, and each store test holds an engine of its own.
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/faults/fault-reporter.ts', './test/count-reporter.ts'],
  },
});
