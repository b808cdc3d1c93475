import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from './config.ts';
import { keptSecret } from './kept-secret.ts';

/**
 * The token with all rights: ADMIN_TOKEN, or the one kept in `<data_dir>/admin-token`, made at the first start and
 * readable by its owner alone.
 */
export const adminToken = (
  { admin_token, data_dir }: Config,
  random: (bytes: number) => Uint8Array,
): Promise<string> =>
  admin_token === undefined
    ? keptSecret({ data_dir, file: 'admin-token', prefix: 'tla_' }, random)
    : Promise.resolve(admin_token);

/** Compares digests, so that neither the time taken nor the length tells anything. */
export function tokenCheck(expected: string): (token: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const known = digest(expected);
  return (token) => timingSafeEqual(digest(token), known);
}
