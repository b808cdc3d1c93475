import { customRandom } from 'nanoid';

/** Letters and digits only, without those that look alike, so that a key can be read out and double-clicked. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** Random text of `length` characters, for a site's public key. */
export const keyText = (random: (bytes: number) => Uint8Array, length: number): string =>
  customRandom(ALPHABET, length, random)();
