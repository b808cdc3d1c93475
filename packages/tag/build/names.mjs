import ts from 'typescript';

/** Most frequent first, as in the tag's own words. */
const LETTERS = [...'etarinoldscupmhgfvbywkxqzjETARINOLDSCUPMHGFVBYWKXQZJ_$'];
/** Those that any variable may have by chance. */
const FREQUENT = 20;
const PAIRS = LETTERS.flatMap((first) => LETTERS.slice(0, 26).map((second) => first + second));

/**
 * The variables of a script in the order in which they stand there, each with its name, its places, and the variables
 * that may not have the same name: whoever is declared between a place where it is used and its own declaration.
 */
export function variablesOf(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const checker = checkerOf(file);
  const bySymbol = new Map();
  const visit = (node) => {
    ts.forEachChild(node, visit);
    if (!ts.isIdentifier(node) || isKey(node)) return;
    const shorthand = ts.isShorthandPropertyAssignment(node.parent);
    const symbol = shorthand
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    const declaration = symbol?.declarations?.[0];
    // Without one it is the browser's.
    if (!declaration) return;
    const variable = bySymbol.get(symbol) ?? {
      name: node.text,
      scope: scopeOf(declaration),
      places: [],
      apart: new Set(),
    };
    bySymbol.set(symbol, variable);
    variable.places.push({ node, at: node.getStart(), keyed: shorthand || isShorthandBinding(node) });
  };
  visit(file);
  const variables = [...bySymbol.values()];
  const byScope = grouped(variables);
  for (const variable of variables) {
    variable.places.sort((a, b) => a.at - b.at);
    for (const { node } of variable.places) {
      for (let scope = node.parent; scope; scope = scope.parent) {
        for (const other of byScope.get(scope) ?? []) {
          if (other === variable) continue;
          variable.apart.add(other);
          other.apart.add(variable);
        }
        if (scope === variable.scope) break;
      }
    }
  }
  return variables.sort((a, b) => a.places[0].at - b.places[0].at);
}

/** The script with these names, one for each of its variables. */
export function renamed(code, variables, names) {
  return replaced(
    code,
    variables.flatMap(({ name, places }, i) =>
      places.map(({ at, keyed }) => ({
        at,
        from: name,
        to: keyed && name !== names[i] ? `${name}:${names[i]}` : names[i],
      })),
    ),
  );
}

function replaced(code, places) {
  let text = '';
  let done = 0;
  for (const { at, from, to } of places.sort((a, b) => a.at - b.at)) {
    text += code.slice(done, at) + to;
    done = at + from.length;
  }
  return text + code.slice(done);
}

/** The script with other names for keys of its objects, wherever they stand. */
export function withKeys(code, names) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const places = [];
  const visit = (node) => {
    ts.forEachChild(node, visit);
    if (!ts.isIdentifier(node) || !Object.hasOwn(names, node.text)) return;
    const keyed = ts.isShorthandPropertyAssignment(node.parent) || isShorthandBinding(node);
    if (!keyed && !isKey(node)) return;
    places.push({
      at: node.getStart(),
      from: node.text,
      to: names[node.text] + (keyed ? `:${node.text}` : ''),
    });
  };
  visit(file);
  return replaced(code, places);
}

/**
 * A short name for each variable: the one that `wanted` (pairs of long and short name, in the order of the script it was found for)
 * gives it, as long as it may have that one, else the first that it may have.
 */
export function namesFor(variables, wanted = []) {
  const names = new Map();
  const taken = (variable) => new Set([...variable.apart].map((other) => names.get(other)));
  for (const [i, j] of inBoth(
    variables.map(({ name }) => name),
    wanted.map(([long]) => long),
  )) {
    const [, short] = wanted[j];
    if (!taken(variables[i]).has(short)) names.set(variables[i], short);
  }
  for (const variable of variables) {
    if (names.has(variable)) continue;
    const others = taken(variable);
    names.set(
      variable,
      [...LETTERS, ...PAIRS].find((name) => !others.has(name)),
    );
  }
  return variables.map((variable) => names.get(variable));
}

/** The longest sequence that two lists have in common, as pairs of places: what came or went between leaves the others theirs. */
function inBoth(some, others) {
  const lengths = Array.from({ length: some.length + 1 }, () => new Uint16Array(others.length + 1));
  for (let i = some.length - 1; i >= 0; i--)
    for (let j = others.length - 1; j >= 0; j--)
      lengths[i][j] =
        some[i] === others[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < some.length && j < others.length; )
    if (some[i] === others[j]) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i++;
    else j++;
  return pairs;
}

/** One naming of many: each variable has its own first letter or any other that it may have, the frequent ones more often. */
export function namedByChance(variables, chance) {
  const names = new Map();
  for (const variable of variables) {
    const others = new Set([...variable.apart].map((other) => names.get(other)));
    const letters = LETTERS.slice(0, FREQUENT).sort(() => chance() - 0.5);
    const wanted = chance() < 0.5 ? [variable.name[0], ...letters] : letters;
    names.set(
      variable,
      [...wanted, ...LETTERS, ...PAIRS].find((name) => !others.has(name)),
    );
  }
  return variables.map((variable) => names.get(variable));
}

/**
 * Better names, found by trying: each step gives one or two variables another letter (whoever had that beside it takes its own)
 * and is kept unless `sizeOf` grows. `roughly` is a size that is cheaper to find, and tells what is not worth the other.
 * `chance` is a generator of numbers from 0 to 1.
 */
export function better(code, variables, first, { sizeOf, roughly, chance, until }) {
  const index = new Map(variables.map((variable, i) => [variable, i]));
  const apart = variables.map((variable) => [...variable.apart].map((other) => index.get(other)));
  let names = first;
  let text = renamed(code, variables, names);
  let least = { size: sizeOf(text), rough: roughly(text) };
  while (!until()) {
    const next = moved(names, apart, chance);
    if (!next) continue;
    text = renamed(code, variables, next);
    const rough = roughly(text);
    if (rough > least.rough + ROUGH_MORE_MAX) continue;
    const size = sizeOf(text);
    if (size > least.size) continue;
    least = { size, rough };
    names = next;
  }
  return { names, size: least.size };
}

/** Bytes by which a step may look worse at first sight. */
export const ROUGH_MORE_MAX = 4;

/** Other names a step away; undefined when two variables that have to be apart would be one. */
function moved(names, apart, chance) {
  const next = [...names];
  for (let steps = chance() < 0.3 ? 2 : 1; steps > 0; steps--) {
    const i = Math.floor(chance() * names.length);
    const letter = LETTERS[Math.floor(chance() * (chance() < 0.7 ? FREQUENT : LETTERS.length))];
    const before = next[i];
    const beside = apart[i].filter((j) => next[j] === letter);
    next[i] = letter;
    for (const j of beside) next[j] = before;
    const clash = [i, ...beside].some((j) => apart[j].some((other) => next[other] === next[j]));
    if (letter === before || clash) return undefined;
  }
  return next;
}

/** Types are of no interest, only which identifier means which variable. */
function checkerOf(file) {
  const host = {
    getSourceFile: (name) => (name === file.fileName ? file : undefined),
    fileExists: (name) => name === file.fileName,
    readFile: () => undefined,
    writeFile() {},
    getDefaultLibFileName: () => 'lib.d.ts',
    useCaseSensitiveFileNames: () => true,
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => '',
    getNewLine: () => '\n',
  };
  const options = { allowJs: true, noLib: true, types: [], target: ts.ScriptTarget.ESNext };
  return ts.createProgram([file.fileName], options, host).getTypeChecker();
}

/** Of an object, not a variable. */
export const isKey = (node) =>
  ((ts.isPropertyAccessExpression(node.parent) ||
    ts.isPropertyAssignment(node.parent) ||
    ts.isMethodDeclaration(node.parent)) &&
    node.parent.name === node) ||
  (ts.isBindingElement(node.parent) && node.parent.propertyName === node);

/** `{name}` of a pattern is a key as well as a variable. */
const isShorthandBinding = (node) =>
  ts.isBindingElement(node.parent) &&
  node.parent.name === node &&
  ts.isObjectBindingPattern(node.parent.parent) &&
  !node.parent.propertyName &&
  !node.parent.dotDotDotToken;

function scopeOf(declaration) {
  let scope = declaration.parent;
  while (
    !(
      ts.isFunctionLike(scope) ||
      ts.isBlock(scope) ||
      ts.isForStatement(scope) ||
      ts.isForOfStatement(scope) ||
      ts.isCatchClause(scope) ||
      ts.isSourceFile(scope)
    )
  )
    scope = scope.parent;
  // The body's variables and the parameters may not share a name.
  const owner = scope.parent;
  return ts.isBlock(scope) && (ts.isFunctionLike(owner) || ts.isCatchClause(owner)) ? owner : scope;
}

function grouped(variables) {
  const groups = new Map();
  for (const variable of variables)
    groups.set(variable.scope, [...(groups.get(variable.scope) ?? []), variable]);
  return groups;
}
