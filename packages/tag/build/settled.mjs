import ts from 'typescript';
import { edited, isBinding, returns, untilSame, usesOf } from './uses.mjs';

/**
 * The bundle, in which functions are called that features may put others in the place of, without those that in this build are
 * settled: who is set for good when all starts is called by its own name, and one that nobody sets and that only hands on what it is given
 * (`(event) => event`, `(fields, then) => then(fields)`) gives way to what it would call. Such a function is called and never looked at
 * otherwise. Not before it is set: nobody checks that, nor that what the statement of the top calls runs at once what it is given.
 */
export function settled(code) {
  return untilSame(step, code);
}

function step(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const declarations = file.statements
    .filter((node) => ts.isVariableStatement(node) && node.declarationList.declarations.length === 1)
    .map(({ declarationList }) => declarationList.declarations[0]);
  for (const declaration of declarations) {
    const { name, initializer } = declaration;
    if (!initializer || !ts.isArrowFunction(initializer)) continue;
    const uses = usesOf(file, name.text).filter((use) => use !== name);
    const [set, ...others] = uses.filter(isSet).map(({ parent }) => parent);
    const calls = uses.filter((use) => !isSet(use)).map(({ parent }) => parent);
    if (others.length > 0 || !uses.every((use) => isSet(use) || isCalled(use))) continue;
    if (calls.some((call) => [declaration, ...calls].some((other) => isWithin(call, other)))) continue;
    const places = set ? replaced(set, calls, file, declarations) : handedOn(initializer, calls);
    if (places) return edited(code, [without(declaration.parent.parent), ...places]);
  }
  return code;
}

const isSet = (use) =>
  ts.isBinaryExpression(use.parent) &&
  use.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  use.parent.left === use;
const isCalled = (use) =>
  ts.isCallExpression(use.parent) && use.parent.expression === use && !use.parent.questionDotToken;
const isWithin = (node, other) => node !== other && other.pos <= node.pos && node.end <= other.end;
const without = (node) => ({ start: node.getStart(), end: node.getEnd(), text: '' });

/** Every call by the name of what it is set to, a constant whose name nobody else has: by a statement that always runs when all starts. */
function replaced({ parent: statement, right }, calls, file, declarations) {
  const constant = declarations.find(({ name }) => name.text === right.text);
  const named = usesOf(file, right.text ?? '').filter(
    (use) => isBinding(use.parent) && use.parent.name === use,
  );
  if (!ts.isExpressionStatement(statement) || !constant || named.length > 1 || !isAtStart(statement))
    return undefined;
  if (!(constant.parent.flags & ts.NodeFlags.Const)) return undefined;
  return [
    without(statement),
    ...calls.map(({ expression }) => ({
      start: expression.getStart(),
      end: expression.getEnd(),
      text: right.text,
    })),
  ];
}

/** Within blocks alone, of a function without an early end that a statement of the top calls something with. */
function isAtStart({ parent }) {
  let start = parent;
  while (ts.isBlock(start)) start = start.parent;
  return (
    ts.isArrowFunction(start) &&
    !start.modifiers &&
    !returns(start.body) &&
    ts.isCallExpression(start.parent) &&
    ts.isIdentifier(start.parent.expression) &&
    ts.isSourceFile(start.parent.parent.parent)
  );
}
/** Every call by what it comes to: the only parameter, or a call of one parameter with the others, each once. */
function handedOn({ body, parameters, modifiers }, calls) {
  const isPlain = ({ name, initializer, dotDotDotToken }) =>
    ts.isIdentifier(name) && !initializer && !dotDotDotToken;
  if (modifiers || !parameters.every(isPlain)) return undefined;
  const names = parameters.map(({ name }) => name.text);
  const isCall = ts.isCallExpression(body) && !body.questionDotToken;
  const own = (isCall ? [body.expression, ...body.arguments] : [body]).map((node) =>
    ts.isIdentifier(node) ? names.indexOf(node.text) : -1,
  );
  if (own.includes(-1) || new Set(own).size < own.length) return undefined;
  // What is called first now, or no more, must be nothing but a name or a function.
  const isStill = (node) => ts.isIdentifier(node) || ts.isArrowFunction(node);
  const fits = ({ arguments: given }) =>
    own.every((i) => given[i]) &&
    !given.some(ts.isSpreadElement) &&
    given.every((node, i) => (own.includes(i) && !(isCall && i === own[0])) || isStill(node));
  if (!calls.every(fits)) return undefined;
  return calls.map((call) => {
    const [first, ...others] = own.map((i) => `(${call.arguments[i].getText()})`);
    return { start: call.getStart(), end: call.getEnd(), text: isCall ? `${first}(${others})` : first };
  });
}
