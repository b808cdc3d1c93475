import type { Options } from './options.ts';

type Signals = Navigator & { globalPrivacyControl?: boolean };

/**
 * The browser says that its user does not want to be tracked (https://w3c.github.io/gpc/, or the older Do Not
 * Track), and the site has not said that it may do so all the same.
 */
export function optedOut(navigator: Navigator, { gpc }: Pick<Options, 'gpc'>): boolean {
  return (
    gpc !== 'ignore' && ((navigator as Signals).globalPrivacyControl === true || navigator.doNotTrack === '1')
  );
}
