import type { Reporter, TestModule, TestSpecification } from 'vitest/node';
import type {} from './battery.ts';
import { KNOWN_FAILURES } from './known-failures.ts';

const FOLDER = '/test/faults/';

/** Prints the battery's table when rows of it ran: fault, runs, acknowledged, lost, doubled, what else was asked, passed. */
export default class FaultReporter implements Reporter {
  onTestRunStart(files: readonly TestSpecification[]): void {
    if (files.some(({ moduleId }) => moduleId.includes(FOLDER)))
      process.stdout.write(`The battery begins, FAULTS_SEED=${process.env['FAULTS_SEED']}\n`);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines: string[] = [];
    for (const module of modules) {
      if (!module.moduleId.includes(FOLDER)) continue;
      for (const test of module.children.allTests()) {
        const finding = test.meta().finding;
        if (!finding) continue;
        const { runs, acknowledged, lost, doubled, also } = finding;
        const asked = Object.entries(also).map(([name, value]) => `${name} ${value}`);
        const passed = test.result().state === 'passed' ? 'yes' : 'NO';
        lines.push(
          `| ${[test.name, runs, acknowledged, lost, doubled, asked.join(', '), passed].join(' | ')} |`,
        );
      }
    }
    if (lines.length === 0) return;
    const { FAULTS = 'short', FAULTS_SEED = '' } = process.env;
    const known = KNOWN_FAILURES.map(({ fault, why }) => `Known failure, left out: ${fault}: ${why}`);
    process.stdout.write(
      `\n${[
        `The battery, ${FAULTS} form, FAULTS_SEED=${FAULTS_SEED}`,
        '| fault | runs | acknowledged | lost | doubled | asked | passed |',
        '|---|---|---|---|---|---|---|',
        ...lines,
        ...known,
      ].join('\n')}\n`,
    );
  }
}
