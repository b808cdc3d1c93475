// Builds everything that runs: the tag, the engine's child process, the command, the dashboard.
// Every tool here is plain JavaScript or WebAssembly, so that an install without optional
// dependencies (no prebuilt binaries) still builds.
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import { minify } from 'terser';
import ts from 'typescript';
import { declarations } from './packages/tag/build/declarations.mjs';
import { shrink } from './packages/tag/build/shrink.mjs';

const from = (...parts) => path.resolve('packages', ...parts);

/** Strips types file by file; `npm run typecheck` is what checks them. */
function typescript({ target = 'ES2022' } = {}) {
  return {
    name: 'typescript',
    transform(code, id) {
      if (!/\.tsx?$/.test(id)) return null;
      const { outputText, sourceMapText } = ts.transpileModule(code, {
        fileName: id,
        compilerOptions: {
          target,
          module: 'ESNext',
          jsx: 'react-jsx',
          jsxImportSource: 'preact',
          sourceMap: true,
          verbatimModuleSyntax: true,
        },
      });
      return { code: outputText, map: JSON.parse(sourceMapText) };
    },
  };
}

/** JSON files as modules. */
const json = () => ({
  name: 'json',
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
});

const extensions = ['.ts', '.tsx', '.mjs', '.js', '.json'];

/** A Node program: workspace packages are bundled in, everything from npm stays outside. */
const nodeProgram = (input, file) => ({
  input,
  output: { file, format: 'es', sourcemap: true, inlineDynamicImports: true },
  external: (id) =>
    isBuiltin(id) || !(/^[./]/.test(id) || path.isAbsolute(id) || id.startsWith('@throughline/')),
  plugins: [nodeResolve({ extensions, exportConditions: ['node'] }), json(), typescript()],
  onwarn,
});

function onwarn(warning, warn) {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && /node_modules/.test(warning.message)) return;
  if (warning.code === 'THIS_IS_UNDEFINED') return;
  warn(warning);
}

/** Shrinks the finished chunk with terser; `options` are terser's own. */
const terser = (options) => ({
  name: 'terser',
  async renderChunk(code) {
    const result = await minify(code, options);
    return { code: result.code, map: null };
  },
});

/** Collects imported style sheets into one file beside the script. */
function styles(fileName) {
  const sheets = new Map();
  return {
    name: 'styles',
    buildStart: () => sheets.clear(),
    transform(code, id) {
      if (!id.endsWith('.css')) return null;
      sheets.set(id, code);
      return { code: '', map: null, moduleSideEffects: true };
    },
    generateBundle(_options, bundle) {
      const order = Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}));
      const ranked = [...sheets].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
      this.emitFile({ type: 'asset', name: fileName, source: ranked.map(([, css]) => css).join('\n') });
    },
  };
}

/** Writes index.html with the hashed names of what was built. */
const page = (template) => ({
  name: 'page',
  generateBundle(_options, bundle) {
    const script = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry).fileName;
    const css = Object.values(bundle).find(
      (file) => file.type === 'asset' && file.fileName.endsWith('.css'),
    ).fileName;
    const source = readFileSync(template, 'utf8').replace('%SCRIPT%', script).replace('%STYLES%', css);
    this.emitFile({ type: 'asset', fileName: 'index.html', source });
  },
});

/** Builds into a folder beside the real one and changes them over at the end, so that a running server never sees half. */
function changedOver(folder) {
  const next = `${folder}.next`;
  return {
    name: 'changed-over',
    buildStart: () => rm(next, { recursive: true, force: true }),
    outputOptions: (options) => ({ ...options, dir: next }),
    async writeBundle() {
      const old = `${folder}.old`;
      await rm(old, { recursive: true, force: true });
      if (existsSync(folder)) await rename(folder, old);
      await rename(next, folder);
      await rm(old, { recursive: true, force: true });
    },
  };
}

/** A mark that the whole build went through, which `throughline start` looks for. */
const stamp = (file) => ({
  name: 'stamp',
  writeBundle: () => writeFile(file, `${new Date().toISOString()}\n`),
});

const production = {
  name: 'production',
  transform: (code, id) =>
    /node_modules/.test(id) && code.includes('process.env.NODE_ENV')
      ? { code: code.replaceAll('process.env.NODE_ENV', '"production"'), map: null }
      : null,
};

async function shrinkChunks(_options, bundle) {
  for (const chunk of Object.values(bundle)) chunk.code = await shrink(chunk.code, chunk.name);
}

const tagPlugins = () => [nodeResolve({ extensions }), typescript({ target: 'ES2018' })];

/** The tag as it is served. */
const tagScript = (name) => ({
  input: from(`tag/src/${name}.ts`),
  output: { file: from(`tag/dist/${name}.js`), format: 'es' },
  // At the very end: a line's end after it would cost four bytes.
  plugins: [...tagPlugins(), { name: 'shrink', generateBundle: shrinkChunks }],
  onwarn,
});

/** The tag as a module for bundlers: a file for each of its own, so that they drop what is not used, and the types. */
const tagModule = {
  input: from('tag/src/index.ts'),
  output: {
    dir: from('tag/dist/module'),
    format: 'es',
    preserveModules: true,
    preserveModulesRoot: from('tag/src'),
  },
  plugins: [
    changedOver(from('tag/dist/module')),
    ...tagPlugins(),
    {
      name: 'declarations',
      generateBundle() {
        for (const [fileName, source] of declarations(from('tag/src/index.ts')))
          this.emitFile({ type: 'asset', fileName, source });
      },
    },
  ],
  onwarn,
};

const builds = [
  tagScript('core'),
  tagScript('complete'),
  tagModule,
  nodeProgram(from('store/src/engine/child.ts'), from('store/dist/engine.mjs')),
  {
    input: from('dashboard/src/main.tsx'),
    output: {
      dir: from('dashboard/dist'),
      format: 'es',
      entryFileNames: 'assets/[name]-[hash].js',
      chunkFileNames: 'assets/[name]-[hash].js',
      assetFileNames: 'assets/[name]-[hash][extname]',
    },
    plugins: [
      changedOver(from('dashboard/dist')),
      nodeResolve({ extensions, browser: true }),
      commonjs(),
      json(),
      styles('dashboard.css'),
      typescript({ target: 'ES2020' }),
      production,
      terser({ module: true, ecma: 2020 }),
      page(from('dashboard/src/index.html')),
    ],
    onwarn,
  },
  {
    ...nodeProgram(from('throughline/src/main.ts'), from('throughline/dist/main.mjs')),
    plugins: [
      nodeResolve({ extensions, exportConditions: ['node'] }),
      json(),
      typescript(),
      stamp(from('throughline/dist/built')),
    ],
  },
];

/** `ONLY=store npm run build` builds one package. */
const only = process.env.ONLY;
const benches = [
  ...['funnel', 'growth', 'memory', 'seen'].map((name) =>
    nodeProgram(`test/bench/${name}.ts`, `test/output/bench-${name}.mjs`),
  ),
  ...['accuracy', 'speed', 'login'].map((part) =>
    nodeProgram(`test/bench/identity/${part}.ts`, `test/output/bench-identity-${part}.mjs`),
  ),
];
export default process.env.BENCH
  ? benches
  : only
    ? builds.filter((build) => build.input.startsWith(from(only) + path.sep))
    : builds;
