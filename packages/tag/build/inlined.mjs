import ts from 'typescript';
import { isKey } from './names.mjs';

/**
 * The bundle with the functions that are called once, as a statement (`feature(see);`), put in the place of their call as a block:
 * those declared at the top with parameters named as what they are called with. A block takes fewer bytes than a function, and
 * no memory of its own.
 */
export function inlined(code) {
  for (let next = code; ; code = next) {
    next = step(code);
    if (next === code) return code;
  }
}

function step(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  for (const statement of file.statements) {
    const found = ts.isVariableStatement(statement) && functionOf(statement);
    const call = found && onlyCall(file, found);
    if (!call) continue;
    const block = ts.isBlock(found.body) ? found.body.getText() : `{${found.body.getText()};}`;
    // The call comes later than the declaration, which the bundler has put before whatever needs it.
    return (
      code.slice(0, statement.getStart()) +
      code.slice(statement.getEnd(), call.getStart()) +
      block +
      code.slice(call.getEnd())
    );
  }
  return code;
}

/** `const name = (parameter) => body`, which returns nowhere. */
function functionOf({ declarationList }) {
  const [{ name, initializer }] = declarationList.declarations;
  if (declarationList.declarations.length > 1 || !initializer || !ts.isArrowFunction(initializer))
    return undefined;
  const { body, parameters, modifiers } = initializer;
  if (modifiers?.length || returns(body)) return undefined;
  return { name: name.text, body, parameters: parameters.map((parameter) => parameter.name.text) };
}

const returns = (node) =>
  ts.isReturnStatement(node) || (!ts.isFunctionLike(node) && ts.forEachChild(node, returns)) || false;

/** The statement that calls it with what its parameters are called; undefined when it is used otherwise, or more than once. */
function onlyCall(file, { name, parameters }) {
  const uses = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) && node.text === name && !isKey(node)) uses.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const [, use] = uses;
  const call = use?.parent;
  return uses.length === 2 &&
    ts.isCallExpression(call) &&
    call.expression === use &&
    ts.isExpressionStatement(call.parent) &&
    parameters.every((parameter, i) => call.arguments[i]?.text === parameter)
    ? call.parent
    : undefined;
}
