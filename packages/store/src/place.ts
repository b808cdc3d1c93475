import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** A path inside this package, from the source and from any bundle that holds it. */
export function inPackage(...parts: string[]): string {
  return path.join(path.dirname(require.resolve('@throughline/store/package.json')), ...parts);
}

/** Whether the embedded engine's package is here: it is optional, and absent on Windows and musl. */
export function chdbInstalled(): boolean {
  try {
    createRequire(inPackage('package.json')).resolve('chdb');
    return true;
  } catch {
    return false;
  }
}
