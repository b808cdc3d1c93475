import path from 'node:path';
import ts from 'typescript';

/** A workspace package that is not shipped: where the types that the tag takes from it are declared. */
const WIRE = { specifier: '@throughline/contract', file: path.resolve('packages/contract/src/wire.ts') };

const OPTIONS = {
  declaration: true,
  emitDeclarationOnly: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  strict: true,
  types: [],
  // Found as a package it would be somebody else's, of which nothing is emitted.
  paths: { [WIRE.specifier]: [WIRE.file] },
};

/**
 * The types of a module and of all that it names, as `.d.ts` files by their path beside it. They stand alone: no import leads
 * out of the package, and each has an ending that every TypeScript resolves.
 */
export function declarations(entry) {
  const emitted = new Map();
  ts.createProgram([entry], OPTIONS).emit(undefined, (_name, text, _mark, _onError, [source]) =>
    emitted.set(path.resolve(source.fileName), text),
  );
  const root = path.dirname(entry);
  const placeOf = (file) =>
    (file === WIRE.file ? 'wire.ts' : path.relative(root, file)).replace(/\.ts$/, '.d.ts');
  const found = new Map();
  const take = (file) => {
    const place = placeOf(file);
    if (found.has(place)) return;
    const text = emitted.get(file);
    if (text === undefined)
      throw new Error(`No types were made of ${file}, which the types of ${entry} name.`);
    found.set(place, '');
    const standing = text.replace(/(\bfrom |\bimport\()(['"])(.+?)\2/g, (_all, before, quote, specifier) => {
      const target = specifier === WIRE.specifier ? WIRE.file : path.resolve(path.dirname(file), specifier);
      if (!specifier.startsWith('.') && target !== WIRE.file)
        throw new Error(`The types of ${file} name ${specifier}, which the package does not bring along.`);
      take(target);
      const way = path.relative(path.dirname(place), placeOf(target)).replace(/\.d\.ts$/, '.js');
      return `${before}${quote}${way.startsWith('.') ? way : `./${way}`}${quote}`;
    });
    found.set(place, standing);
  };
  take(entry);
  return found;
}
