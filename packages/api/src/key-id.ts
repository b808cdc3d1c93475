import { createHash } from 'node:crypto';

/** The id that lists show of a key: the beginning of its hash. */
export const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);
