// `node packages/tag/build/tune.mjs [SECONDS] [core|complete]`: looks for names that make the tag's builds smaller, and keeps
// them in names.json. After a change of the sources, before a build that is served.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { rollup } from 'rollup';
import ts from 'typescript';
import { better, namesFor, renamed, variablesOf } from './names.mjs';
import { compressed, tuned } from './shrink.mjs';

const kept = new URL('names.json', import.meta.url);
const [seconds = 120, only] = process.argv.slice(2);
const typescript = {
  name: 'typescript',
  transform: (code) => ({
    code: ts.transpileModule(code, {
      compilerOptions: { target: 'ES2018', module: 'ESNext', verbatimModuleSyntax: true },
    }).outputText,
    map: null,
  }),
};
const sizeAt = (quality) => (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
const sizeOf = sizeAt(11);

/** Numbers from 0 to 1, others for each seed: https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

for (const build of ['core', 'complete']) {
  if (only && only !== build) continue;
  const bundle = await rollup({
    input: new URL(`../src/${build}.ts`, import.meta.url).pathname,
    plugins: [typescript],
  });
  const { output } = await bundle.generate({ format: 'es' });
  const code = await compressed(output[0].code);
  const variables = variablesOf(code);
  const first = namesFor(variables, tuned(build));
  const before = sizeOf(renamed(code, variables, first));
  const end = Date.now() + seconds * 1e3;
  const { names, size } = better(code, variables, first, {
    sizeOf,
    // A third of the time.
    roughly: sizeAt(10),
    chance: numbers(1 + (Date.now() % 1e6)),
    until: () => Date.now() > end,
  });
  // Read anew: the other build may have been tuned meanwhile.
  const builds = JSON.parse(readFileSync(kept, 'utf8'));
  builds[build] = variables.map(({ name }, i) => `${name}=${names[i]}`).join(' ');
  writeFileSync(kept, `${JSON.stringify(builds, null, 2)}\n`);
  console.log(`${build}: ${before} bytes before, ${size} now`);
}
