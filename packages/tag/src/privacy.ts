type Signals = Navigator & { globalPrivacyControl?: boolean };

/** The browser says that its user does not want to be tracked: https://w3c.github.io/gpc/ or the older Do Not Track. */
export function optedOut(navigator: Navigator): boolean {
  return (navigator as Signals).globalPrivacyControl === true || navigator.doNotTrack === '1';
}
