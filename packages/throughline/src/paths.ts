import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** Folder of a workspace package, found the same way from the source and from the bundle. */
const packageFolder = (name: string) => path.dirname(require.resolve(`${name}/package.json`));

export const dashboardFolder = (): string => path.join(packageFolder('@throughline/dashboard'), 'dist');
export const tagFile = (build: 'core' | 'complete'): string =>
  path.join(packageFolder('@throughline/tag'), 'dist', `${build}.js`);
export const storefrontFolder = (): string =>
  path.join(packageFolder('throughline'), '..', '..', 'examples', 'storefront');
