import type { ApiOptions } from './options.ts';

/** Time and chance in the shape that the store's keys take. */
export const keyEffects = ({ clock, random }: Pick<ApiOptions, 'clock' | 'random'>) => ({
  now: () => clock().getTime(),
  random,
});
