import { rollup } from 'rollup';
import ts from 'typescript';

/** A source as JavaScript that browsers of 2019 read. */
export const transpiled = (code) =>
  ts.transpileModule(code, {
    compilerOptions: { target: 'ES2018', module: 'ESNext', verbatimModuleSyntax: true },
  }).outputText;

const typescript = {
  name: 'typescript',
  transform: (code) => ({ code: transpiled(code), map: null }),
};

/** A build (`core`, `complete`) of the sources in a folder as one ES module, as `shrink` takes it. */
export async function bundled(sources, build) {
  const bundle = await rollup({ input: `${sources}/${build}.ts`, plugins: [typescript] });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}
