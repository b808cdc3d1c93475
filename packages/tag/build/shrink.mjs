import { minify } from 'terser';

const SHRINKING = {
  ecma: 2018,
  toplevel: true,
  compress: {
    passes: 5,
    unsafe: true,
    unsafe_arrows: true,
    pure_getters: true,
    booleans_as_integers: true,
    keep_fargs: false,
    hoist_props: true,
  },
};

const HINT = '//# allFunctionsCalledOnLoad';

/**
 * The tag as a shop's visitors load it, from the bundle as an ES module without imports: every top-level name within a block
 * of its own, which leaves nothing behind on the page. The sources compare like with like and never assign to a constant,
 * so `==` and `let` mean what `===` and `const` do there, for fewer bytes.
 *
 * Where a source asks for it, V8 compiles all functions while the script arrives, beside the main thread, instead of each
 * when it is first called, which makes the page wait: https://v8.dev/blog/explicit-compile-hints. Other engines see a comment.
 */
export async function shrink(code) {
  const hint = code.includes(HINT) ? `${HINT}\n` : '';
  const short = await minify(code, { ...SHRINKING, mangle: false });
  const plain = short.code.replace(/\bconst\b/g, 'let').replace(/([=!])==/g, '$1=');
  const { code: shrunk } = await minify(plain, SHRINKING);
  return `${hint}{${shrunk.replace(/;$/, '')}}`;
}
