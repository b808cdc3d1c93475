import type { Config } from './config.ts';
import { keptSecret } from './kept-secret.ts';

/**
 * What the secrets of the sites are derived from, by which shops sign who is logged in: IDENTITY_SECRET, or the one kept in
 * `<data_dir>/identity-secret`. Several servers on one database need the same, so set it there. It is never in the database.
 */
export const identitySecret = (
  { identity_secret, data_dir }: Config,
  random: (bytes: number) => Uint8Array,
): Promise<string> =>
  identity_secret === undefined
    ? keptSecret({ data_dir, file: 'identity-secret', prefix: 'tlm_' }, random)
    : Promise.resolve(identity_secret);
