import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes: all scenarios in one browser. Their size, by which Vitest goes where it knows no times yet, says nothing of it. */
const LONG = /\/test\/tag\/in-\w+\.test\.ts$/;

/** Begins with the longest files, so that no core waits for them in the end. */
export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
