import ts from 'typescript';

/** `//# ahead: name name`, anywhere in a source. */
const ASKED = /^\/\/# ahead: (.+)$/gm;

/**
 * The names of the functions that a source asks to have compiled ahead, while the script arrives, beside the main thread. Others are
 * compiled when they are first called, which makes the page wait.
 */
export const askedFor = (code) => [...code.matchAll(ASKED)].flatMap(([, names]) => names.split(' '));

/**
 * The script with parentheses round these functions, and round the one that the whole is started with: V8 takes them for functions that
 * are called at once, and other engines for what they are. See https://v8.dev/blog/preparser#pife
 */
export function ahead(code, names) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const places = [];
  const visit = (node) => {
    if (ts.isArrowFunction(node) && isAsked(node, names))
      places.push([node.getStart(), '('], [node.getEnd(), ')']);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places
    .sort(([a], [b]) => b - a)
    .reduce((text, [at, sign]) => text.slice(0, at) + sign + text.slice(at), code);
}

function isAsked({ parent }, names) {
  if (ts.isVariableDeclaration(parent)) return names.includes(parent.name.text);
  if (ts.isBinaryExpression(parent)) return names.includes(parent.left.text);
  // What such a one gives back.
  if (ts.isArrowFunction(parent)) return isAsked(parent, names);
  return names.length > 0 && ts.isCallExpression(parent) && ts.isParenthesizedExpression(parent.expression);
}
