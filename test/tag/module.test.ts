// The tag as a shop's own bundler gets it: packed, installed into a project outside of the workspace, compiled, bundled.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import nodeResolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { minify } from 'terser';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const FEATURES = [
  'accounts',
  'attributes',
  'cart',
  'clicks',
  'dataLayer',
  'debug',
  'engagement',
  'errors',
  'forms',
  'identity',
  'linker',
  'once',
  'pages',
  'peers',
  'stop',
];

let project: string;
let installed: string;
beforeAll(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'throughline-module-'));
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: 'packages/tag',
  });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  await writeFile(path.join(project, 'package.json'), '{"name":"shop","private":true,"type":"module"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], { cwd: project });
  installed = path.join(project, 'node_modules/@throughline/tag');
}, 120_000);
afterAll(() => rm(project, { recursive: true, force: true }));

/** What TypeScript has to say of a file of the project. */
async function complaints(text: string, options: ts.CompilerOptions): Promise<string[]> {
  const file = path.join(project, 'shop.ts');
  await writeFile(file, text);
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    lib: ['lib.es2018.d.ts', 'lib.dom.d.ts'],
    types: [],
    target: ts.ScriptTarget.ES2018,
    ...options,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** What a bundler makes of this entry, without comments. */
async function bundled(entry: string): Promise<string> {
  const file = path.join(project, 'entry.js');
  await writeFile(file, entry);
  const bundle = await rollup({ input: file, onwarn() {}, plugins: [nodeResolve({ browser: true })] });
  const { output } = await bundle.generate({ format: 'es' });
  const plain = await minify(output[0].code, { module: true, compress: false, mangle: false });
  return plain.code!;
}
const started = (features: string[]) =>
  bundled(
    `import { ${['start', ...features].join(', ')} } from '@throughline/tag';
start({ site: 'KEY', endpoint: 'https://collect.example/e' }, [${features}]);`,
  );

describe('the packed module', () => {
  it('brings its licence, its README and all that it needs, and no sources', async () => {
    const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    expect((await readdir(path.join(project, 'node_modules/@throughline'))).sort()).toEqual(['tag']);
    expect((await readdir(installed)).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    expect(await readFile(path.join(installed, 'LICENSE'), 'utf8')).toBe(await readFile('LICENSE', 'utf8'));
  });

  const SHOP = `import { cart, type Feature, type Options, pages, start, type Throughline } from '@throughline/tag';
const options: Options = { site: 'KEY', endpoint: 'https://collect.example/e', consent: 'required' };
const wishes: Feature = (see) => see('shop', 'wishlist_added', { product_id: '42' }, { identity: { user_id: 7 } });
const tag: Throughline = start(options, [pages, cart, wishes]);
tag.track('cart_added', { product_id: '42', price: 19.9 });
tag.visitor((id) => id.toUpperCase());
`;
  const RESOLUTIONS: [string, ts.CompilerOptions][] = [
    ['bundler', { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }],
    ['node16', { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }],
  ];
  it.each(RESOLUTIONS)('has types under strict and moduleResolution %s', async (_name, options) => {
    expect(await complaints(SHOP, options)).toEqual([]);
    const [one, two, ...more] = await complaints(
      `import { pages, start } from '@throughline/tag';
start({ site: 'KEY' }, [pages]).track(1);
const sees: number = pages;
`,
      options,
    );
    expect([one, two]).toEqual([
      expect.stringContaining("'endpoint' is missing"),
      expect.stringContaining("'number' is not assignable to parameter of type 'string'"),
    ]);
    expect(more).toHaveLength(1);
  });

  it('can be imported on a server, where it does nothing', async () => {
    await writeFile(
      path.join(project, 'server.mjs'),
      `const before = Object.getOwnPropertyNames(globalThis);
const tag = await import('@throughline/tag');
const left = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
console.log(JSON.stringify({ names: Object.keys(tag), left }));`,
    );
    const { stdout, stderr } = await run(process.execPath, ['server.mjs'], { cwd: project });
    expect([JSON.parse(stdout), stderr]).toEqual([{ names: [...FEATURES, 'start'].sort(), left: [] }, '']);
  });

  it('leaves nothing in a bundle that uses nothing of it', async () => {
    expect(
      (await bundled(`import '@throughline/tag';\nimport { pages } from '@throughline/tag';`)).trim(),
    ).toBe('');
  });

  /** Words that no other part of the tag has. */
  const ITS_OWN: [string, string][] = [
    ['accounts', '"login"'],
    ['attributes', 'data-tl-event'],
    ['cart', 'add_to_cart'],
    ['clicks', '"rage"'],
    ['dataLayer', 'analytics_storage'],
    ['debug', 'console.log'],
    ['engagement', 'PerformanceObserver'],
    ['errors', 'unhandledrejection'],
    ['forms', 'autocomplete'],
    ['identity', 'commands.alias='],
    ['linker', 'tlclid'],
    ['once', '(product|cart).added'],
    ['pages', 'pushState'],
    ['peers', 'added_to_cart'],
    ['stop', 'commands.stop='],
  ];
  it('has each feature in a bundle that names it, and not in one that names all others', async () => {
    expect(ITS_OWN.map(([feature]) => feature)).toEqual(FEATURES);
    const all = await started(FEATURES);
    for (const [feature, word] of ITS_OWN) {
      expect(all, feature).toContain(word);
      const others = await started(FEATURES.filter((other) => other !== feature));
      expect(others, feature).not.toContain(word);
      expect(others.length, feature).toBeLessThan(all.length);
      expect(await started([feature]), feature).toContain(word);
    }
  });

  it('is ES2018 once bundled', async () => {
    const code = await started(FEATURES);
    const as = (target: ts.ScriptTarget) =>
      ts.transpileModule(code, { compilerOptions: { target, module: ts.ModuleKind.ESNext } }).outputText;
    expect(as(ts.ScriptTarget.ES2018)).toBe(as(ts.ScriptTarget.ESNext));
  });
});
