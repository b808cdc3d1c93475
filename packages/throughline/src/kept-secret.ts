import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder, why } from './make-folder.ts';
import { PlainError } from './plain-error.ts';

export interface KeptSecret {
  data_dir: string;
  /** Name of the file in the data folder. */
  file: string;
  /** What it begins with, so that it is recognised when it turns up elsewhere. */
  prefix: string;
}

/** A secret kept in a file of the data folder that its owner alone can read; made at the first start. */
export async function keptSecret(
  { data_dir, file: name, prefix }: KeptSecret,
  random: (bytes: number) => Uint8Array,
): Promise<string> {
  const file = path.join(data_dir, name);
  const secret = `${prefix}${Buffer.from(random(24)).toString('base64url')}`;
  await makeFolder(data_dir);
  try {
    await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(data_dir, error);
  }
  const kept = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error) => Promise.reject(unusable(data_dir, error)),
  );
  if (kept === '') throw new PlainError(`${file} is empty; delete it and a new one is made.`);
  return kept;
}

const unusable = (data_dir: string, error: unknown) =>
  new PlainError(`The data folder ${data_dir} cannot be used: ${why(error)}; set DATA_DIR to another one.`, {
    cause: error,
  });
