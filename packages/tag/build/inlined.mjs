import ts from 'typescript';
import { edited, isBinding, returns, untilSame, usesOf } from './uses.mjs';

/**
 * The bundle with the functions that are called once, as a statement (`feature(see);`), put in the place of their call as a block:
 * those declared at the top with parameters named as what they are called with. A block takes fewer bytes than a function, and
 * no memory of its own. Setters, which modules need to change a variable of another, become assignments.
 */
export function inlined(code) {
  return untilSame(step, code);
}

function step(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  for (const statement of file.statements) {
    const found = ts.isVariableStatement(statement) && functionOf(statement);
    const assigned = found && setterOf(found) && assignments(file, statement, found);
    if (assigned) return assigned;
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

/** The variable that it sets to its only parameter, if it does nothing else. */
function setterOf({ body, parameters: [parameter, ...others] }) {
  const set = ts.isBlock(body) && body.statements.length === 1 && body.statements[0].expression;
  return set &&
    ts.isBinaryExpression(set) &&
    set.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parameter &&
    set.right.text === parameter &&
    others.length === 0
    ? set.left.text
    : undefined;
}

/**
 * The script without a setter, whose calls, each a statement, have become assignments; undefined where one is no statement, or stands in
 * another, or where something else is called as the variable that is set.
 */
function assignments(file, statement, found) {
  const uses = usesOf(file, found.name).filter(({ parent }) => !ts.isVariableDeclaration(parent));
  const isStatement = (use) =>
    ts.isCallExpression(use.parent) &&
    use.parent.expression === use &&
    ts.isExpressionStatement(use.parent.parent);
  const calls = uses.map(({ parent }) => parent);
  const isWithin = (call) => calls.some((other) => other.pos < call.pos && call.end <= other.end);
  const declared = usesOf(file, setterOf(found)).filter(({ parent }) => isBinding(parent));
  if (!uses.every(isStatement) || calls.some(isWithin) || declared.length > 1) return undefined;
  const places = [
    { start: statement.getStart(), end: statement.getEnd(), text: '' },
    ...calls.map((call) => ({
      start: call.getStart(),
      end: call.getEnd(),
      text: `${setterOf(found)} = ${call.arguments[0].getText()}`,
    })),
  ];
  return edited(file.text, places);
}

/** The statement that calls it with what its parameters are called; undefined when it is used otherwise, or more than once. */
function onlyCall(file, { name, parameters }) {
  const uses = usesOf(file, name);
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
