import { randomBytes } from 'node:crypto';

/** What comes from outside a program: time and chance. Tests put their own. */
export interface Effects {
  clock(): Date;
  random(bytes: number): Uint8Array;
}

export const realEffects: Effects = {
  clock: () => new Date(),
  random: (bytes) => randomBytes(bytes),
};
