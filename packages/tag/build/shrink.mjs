import { readFileSync } from 'node:fs';
import { minify } from 'terser';
import { ahead, askedFor } from './ahead.mjs';
import { applied } from './applied.mjs';
import { defaulted } from './defaulted.mjs';
import { inlined } from './inlined.mjs';
import { namesFor, renamed, variablesOf, withKeys } from './names.mjs';
import { arranged } from './order.mjs';
import { settled } from './settled.mjs';
import { unread } from './unread.mjs';

const SHRINKING = {
  ecma: 2018,
  toplevel: true,
  mangle: false,
  compress: {
    passes: 5,
    unsafe: true,
    unsafe_arrows: true,
    pure_getters: true,
    booleans_as_integers: true,
    keep_fargs: false,
    hoist_props: true,
    // Each takes a few bytes more than it saves once all is compressed.
    booleans: false,
    lhs_constants: false,
    loops: false,
  },
};

/** The order of declarations and the names (`long=short`) that `tune.mjs` has found for each build: after a change they still fit, but no longer best. */
export function tuned(build) {
  const builds = JSON.parse(readFileSync(new URL('names.json', import.meta.url), 'utf8'));
  const { order = '', names = '' } = builds[build] ?? {};
  return {
    order: order.split(' '),
    names: names
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=')),
  };
}

/** Keys of the wire whose short names the collector knows: `named` of contract/src/wire.ts. */
const WIRE = Object.assign(
  {},
  ...Object.values(
    JSON.parse(readFileSync(new URL('../../contract/src/wire-names.json', import.meta.url), 'utf8')),
  ),
);

/** The script in as few words as possible, its variables still under their long names. */
export async function compressed(code) {
  const short = await minify(applied(settled(inlined(code))), SHRINKING);
  const plain = defaulted(unread(short.code))
    .replace(/\bconst\b/g, 'let')
    .replace(/([=!])==/g, '$1=');
  const { code: shrunk } = await minify(plain, SHRINKING);
  return `{${ahead(withKeys(shrunk, WIRE), askedFor(code)).replace(/;$/, '')}}`;
}

/**
 * The tag as a shop's visitors load it, from the bundle as an ES module without imports: every top-level name within a block
 * of its own, which leaves nothing behind on the page. The sources compare like with like and never assign to a constant,
 * so `==` and `let` mean what `===` and `const` do there, for fewer bytes. Which letter stands for which variable, and which
 * function beside which, decides how often the same text comes again, and so over some 2 in 100 of the compressed size; `build` says whose to take.
 */
export async function shrink(code, build) {
  const { order, names } = tuned(build);
  const long = arranged(await compressed(code), order);
  const variables = variablesOf(long);
  return renamed(long, variables, namesFor(variables, names));
}
