// `node packages/tag/build/tune.mjs [SECONDS] [core|complete]`: looks for names and an order of declarations that make the tag's
// builds smaller, and keeps them in names.json. After a change of the sources, before a build that is served.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundled } from './bundle.mjs';
import { better, namesFor, renamed, variablesOf } from './names.mjs';
import { numbers } from './numbers.mjs';
import { arranged, betterOrder, declaratorsOf, inOrder, movedBy } from './order.mjs';
import { compressed, tuned } from './shrink.mjs';

const kept = new URL('names.json', import.meta.url);
const sources = fileURLToPath(new URL('../src', import.meta.url));
const [seconds = 120, only] = process.argv.slice(2);
const sizeAt = (quality) => (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
const sizeOf = sizeAt(11);
/** How long it looks for names, and then for an order, before it goes on with names. */
const NAMES_MS = 20_000;
const ORDER_MS = 6_000;

for (const build of ['core', 'complete']) {
  if (only && only !== build) continue;
  const found_before = tuned(build);
  let code = arranged(await compressed(await bundled(sources, build)), found_before.order);
  let variables = variablesOf(code);
  let names = namesFor(variables, found_before.names);
  const before = sizeOf(renamed(code, variables, names));
  const end = Date.now() + seconds * 1e3;
  // One random number after the other, for both.
  const chance = numbers(1 + (Date.now() % 1e6));
  while (Date.now() < end) {
    const trying = (ms) => {
      const stop = Math.min(end, Date.now() + ms);
      return { sizeOf, roughly: sizeAt(10), chance, until: () => Date.now() > stop };
    };
    names = better(code, variables, names, trying(NAMES_MS)).names;
    const all = declaratorsOf(code);
    const text = renamed(code, variables, names);
    const shorts = declaratorsOf(text).map(({ name }) => name);
    const order = betterOrder(text, trying(ORDER_MS)).map((short) => all[shorts.indexOf(short)]);
    const to = movedBy(all, order);
    const nameAt = new Map(variables.flatMap(({ places }, i) => places.map(({ at }) => [to(at), names[i]])));
    code = inOrder(code, all, order);
    variables = variablesOf(code);
    names = variables.map(({ places }) => nameAt.get(places[0].at));
  }
  // Read anew: the other build may have been tuned meanwhile.
  const builds = JSON.parse(readFileSync(kept, 'utf8'));
  builds[build] = {
    order: declaratorsOf(code)
      .map(({ name }) => name)
      .join(' '),
    names: variables.map(({ name }, i) => `${name}=${names[i]}`).join(' '),
  };
  writeFileSync(kept, `${JSON.stringify(builds, null, 2)}\n`);
  console.log(`${build}: ${before} bytes before, ${sizeOf(renamed(code, variables, names))} now`);
}
