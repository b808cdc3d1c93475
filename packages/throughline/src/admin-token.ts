import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { makeFolder, why } from './make-folder.ts';
import { PlainError } from './plain-error.ts';

/**
 * The token with all rights: ADMIN_TOKEN, or the one kept in `<data_dir>/admin-token`, made at the first start and
 * readable by its owner alone.
 */
export async function adminToken(config: Config, random: (bytes: number) => Uint8Array): Promise<string> {
  if (config.admin_token !== undefined) return config.admin_token;
  const file = path.join(config.data_dir, 'admin-token');
  const token = `tla_${Buffer.from(random(24)).toString('base64url')}`;
  await makeFolder(config.data_dir);
  try {
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(config, error);
  }
  const kept = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error) => Promise.reject(unusable(config, error)),
  );
  if (kept === '') throw new PlainError(`${file} is empty; delete it and a new token is made.`);
  return kept;
}

const unusable = ({ data_dir }: Config, error: unknown) =>
  new PlainError(`The data folder ${data_dir} cannot be used: ${why(error)}; set DATA_DIR to another one.`, {
    cause: error,
  });

/** Compares digests, so that neither the time taken nor the length tells anything. */
export function tokenCheck(expected: string): (token: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const known = digest(expected);
  return (token) => timingSafeEqual(digest(token), known);
}
