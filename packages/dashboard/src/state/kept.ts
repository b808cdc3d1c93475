const PREFIX = 'throughline.';

/** What this browser remembers under `name`; null when nothing, or when storage is closed to us. */
export function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // Storage may be forbidden (private windows, policies). Preferences then last as long as the page.
    return null;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // As above: a preference that cannot be kept still works until the page is closed.
  }
}
