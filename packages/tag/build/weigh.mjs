// `node packages/tag/build/weigh.mjs [core|complete] [SOURCES...]`: about how many bytes a build of these sources (`packages/tag/src`
// without any) takes, to compare one way to write something with another before either is tuned. One naming says little, as sizes
// differ by some twenty bytes from one to the next by luck: this is the mean of many, to within a byte. `tune.mjs` finds some 280 less.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { bundled } from './bundle.mjs';
import { namedByChance, renamed, variablesOf } from './names.mjs';
import { numbers } from './numbers.mjs';
import { compressed } from './shrink.mjs';

const [build = 'complete', ...given] = process.argv.slice(2);
const NAMINGS = 120;
const SEED = 20_000;

for (const sources of given.length ? given : [fileURLToPath(new URL('../src', import.meta.url))]) {
  const code = await compressed(await bundled(resolve(sources), build));
  const variables = variablesOf(code);
  const chance = numbers(SEED);
  let bytes = 0;
  for (let i = 0; i < NAMINGS; i++)
    bytes += brotliCompressSync(renamed(code, variables, namedByChance(variables, chance))).length;
  console.log(`${(bytes / NAMINGS).toFixed(1)} ${sources}`);
}
