import ts from 'typescript';
import { bare, editedAt, isBinding, usesOf } from './uses.mjs';

/**
 * The script in which the variables that a function begins with are parameters with defaults (`(a) => { let b = f(a); return b + b }`
 * becomes `(a, b = f(a)) => { return b + b }`): no word for them, and often no block. Of functions that have a name which only they have,
 * by which they are only called, with no more than they take; and of listeners, which `on` calls with the event and nothing else.
 */
export function defaulted(code) {
  return editedAt((node) => {
    if (ts.isVariableDeclaration(node) && isOnlyCalled(node)) return moved(node.initializer);
    return isListener(node) ? moved(node) : undefined;
  }, code);
}

/** The function with its first variables among its parameters; undefined where that would mean something else. */
function moved(node) {
  const task = node && bare(node);
  if (!task || !ts.isArrowFunction(task) || !ts.isBlock(task.body)) return undefined;
  const [first, ...others] = task.body.statements;
  if (!first || !ts.isVariableStatement(first)) return undefined;
  const { declarations } = first.declarationList;
  const isUsable = ({ initializer: value }) =>
    value && !has(value, ts.isAwaitExpression) && !others.some((statement) => declares(statement, value));
  if (!declarations.every(isUsable)) return undefined;
  const all = [...task.parameters, ...declarations].map((part) => part.getText());
  const start = task.modifiers?.end ?? task.getStart();
  return [
    { start, end: task.equalsGreaterThanToken.getStart(), text: `(${all})` },
    { start: first.getStart(), end: first.getEnd(), text: '' },
  ];
}

const has = (node, is) => is(node) || ts.forEachChild(node, (child) => has(child, is)) || false;

/** Whether `statement` gives a name its meaning that stands in `value`, which a parameter cannot see. */
const declares = (statement, value) =>
  has(
    statement,
    (node) => isBinding(node) && ts.isIdentifier(node.name) && usesOf(value, node.name.text).length > 0,
  );

function isOnlyCalled({ name, initializer }) {
  const { parameters } = initializer ? bare(initializer) : {};
  if (!parameters || !ts.isIdentifier(name)) return false;
  if (parameters.some(({ dotDotDotToken }) => dotDotDotToken)) return false;
  const isCall = (use) => {
    const { parent: call } = use;
    return (
      ts.isCallExpression(call) &&
      call.expression === use &&
      call.arguments.length <= parameters.length &&
      !call.arguments.some(ts.isSpreadElement)
    );
  };
  return usesOf(name.getSourceFile(), name.text).every((use) => use === name || isCall(use));
}

const isListener = ({ parent, parameters }) =>
  parameters?.length === 1 &&
  !parameters[0].dotDotDotToken &&
  ts.isCallExpression(parent) &&
  parent.expression.text === 'on';
