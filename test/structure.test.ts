import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Which workspace packages each may import: the arrows of packages/README.md. */
const MAY_IMPORT: Record<string, string[]> = {
  contract: [],
  identity: ['contract'],
  store: ['contract'],
  tag: ['contract'],
  collector: ['contract', 'identity', 'store'],
  journeys: ['contract', 'store'],
  api: ['contract', 'identity', 'journeys', 'store'],
  dashboard: ['contract'],
  throughline: ['api', 'collector', 'contract', 'dashboard', 'identity', 'journeys', 'store', 'tag'],
};

/** Only these talk to the database, and only the store holds its client. */
const OWNERS: Record<string, string[]> = {
  '@clickhouse/client': ['store'],
  chdb: ['store'],
  preact: ['dashboard'],
  echarts: ['dashboard'],
};

interface SourceFile {
  file: string;
  owner: string;
  lines: number;
  imports: string[];
  text: string;
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist') continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(full);
    else if (/\.(ts|tsx|mjs)$/.test(entry.name)) yield full;
  }
}

const files: SourceFile[] = Object.keys(MAY_IMPORT).flatMap((owner) =>
  [...walk(path.join('packages', owner, 'src'))].map((file) => {
    const text = readFileSync(file, 'utf8');
    const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    return { file, owner, text, imports, lines: text.split('\n').length };
  }),
);
/** Tests and what only tests use. */
const isTest = (file: string) =>
  /\.(test|bench)\.tsx?$|\/testing(\/|\.ts)|\/(arbitrary|fixture|reference)\.ts$/.test(file);
const shipped = files.filter(({ file }) => !isTest(file));

const packageName = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const workspaceOf = (specifier: string) =>
  specifier === 'throughline' ? 'throughline' : /^@throughline\/([^/]+)/.exec(specifier)?.[1];

describe('the structure', () => {
  it('has every package in the table of allowed imports', () => {
    expect(
      readdirSync('packages')
        .filter((name) => !name.includes('.'))
        .sort(),
    ).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('imports packages in one direction only', () => {
    const wrong = shipped.flatMap(({ file, owner, imports }) =>
      imports
        .map(workspaceOf)
        .filter((name) => name !== undefined && name !== owner && !MAY_IMPORT[owner]!.includes(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reaches another package by its name, never by a path into it', () => {
    const wrong = files.flatMap(({ file, owner, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => {
          const target = path.relative(
            path.join('packages', owner),
            path.join(path.dirname(file), specifier),
          );
          return target.startsWith('..');
        })
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('declares every npm package that it imports', () => {
    const missing = shipped.flatMap(({ file, owner, imports }) => {
      const manifest = JSON.parse(readFileSync(path.join('packages', owner, 'package.json'), 'utf8'));
      const declared = {
        ...manifest.dependencies,
        ...manifest.optionalDependencies,
        ...manifest.devDependencies,
      };
      return imports
        .filter(
          (specifier) =>
            !specifier.startsWith('.') &&
            !specifier.startsWith('node:') &&
            !builtinModules.includes(specifier),
        )
        .map(packageName)
        .filter((name) => name !== manifest.name && !(name in declared))
        .map((name) => `${file} imports ${name}`);
    });
    expect(missing).toEqual([]);
  });

  it('keeps each outside part in the one package that owns it', () => {
    const wrong = shipped.flatMap(({ file, owner, imports }) =>
      imports
        .filter(
          (specifier) => OWNERS[packageName(specifier)] && !OWNERS[packageName(specifier)]!.includes(owner),
        )
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps source files short: median at most 80 lines, nine in ten at most 200, longer than 400 only with a reason', () => {
    const lengths = shipped.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(200);
    const long = shipped.filter(
      ({ lines, text }) => lines > 400 && !/Longer than 400 lines because/.test(text),
    );
    expect(long.map(({ file }) => file)).toEqual([]);
  });
});
