import { setSay } from '../listen.ts';
import { options } from '../options.ts';
import type { Feature } from '../sighting.ts';

/** Says in the console what is sent, and what is not and why, where the page asks for it. */
export const debug: Feature = () => {
  if (options.debug) setSay(console.log);
};
