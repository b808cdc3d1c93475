import { writeFile } from 'node:fs/promises';
import type { Truth } from './truth.ts';

/** Writes the truth as JSON, one top-level field a line, so that two runs can be compared by eye. */
export async function writeTruth(file: string, truth: Truth): Promise<void> {
  const fields = Object.entries(truth).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  await writeFile(file, `{\n${fields.join(',\n')}\n}\n`);
}
