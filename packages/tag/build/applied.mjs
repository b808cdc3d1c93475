import ts from 'typescript';
import { bare, editedAt, usesOf } from './uses.mjs';

/**
 * The bundle in which a function that is called where it stands, with one argument that it uses once (`((x) => f(1, x))(y)`), gives way to
 * what it makes of it (`f(1, y)`), where nothing is done between that could tell the difference. Terser makes a variable of the argument.
 */
export function applied(code) {
  return editedAt((node) => (ts.isCallExpression(node) ? inPlace(node) : undefined), code);
}

/** What stands in the place of the call; undefined where it must stay. */
function inPlace(call) {
  const callee = bare(call.expression);
  const [argument, ...others] = call.arguments;
  if (!ts.isArrowFunction(callee) || callee.modifiers || others.length > 0 || !argument) return undefined;
  const [{ name, initializer, dotDotDotToken } = {}, ...more] = callee.parameters;
  if (more.length > 0 || !name || !ts.isIdentifier(name) || initializer || dotDotDotToken) return undefined;
  if (ts.isSpreadElement(argument) || ts.isBlock(callee.body)) return undefined;
  const [, use, ...uses] = usesOf(callee, name.text);
  if (!use || uses.length > 0 || !isNext(bare(callee.body), use)) return undefined;
  const { body } = callee;
  const file = call.getSourceFile().text;
  const value = `(${argument.getText()})`;
  const text =
    file.slice(body.getStart(), use.getStart()) +
    (ts.isShorthandPropertyAssignment(use.parent) ? `${use.text}: ${value}` : value) +
    file.slice(use.getEnd(), body.getEnd());
  return [{ start: call.getStart(), end: call.getEnd(), text: `(${text})` }];
}

/** Whether nothing is done by `node` before it comes to `use`, but to look at names and to write down texts and objects. */
function isNext(node, use) {
  if (node === use) return true;
  const parts = ts.isCallExpression(node)
    ? [node.expression, ...node.arguments]
    : ts.isObjectLiteralExpression(node)
      ? node.properties.map((property) => property.initializer ?? property.name ?? property)
      : undefined;
  const at = parts?.findIndex((part) => part.pos <= use.pos && use.end <= part.end) ?? -1;
  return at >= 0 && parts.slice(0, at).every(isStill) && isNext(parts[at], use);
}

const isStill = (node) =>
  ts.isIdentifier(node) ||
  ts.isStringLiteral(node) ||
  ts.isNumericLiteral(node) ||
  (ts.isObjectLiteralExpression(node) && node.properties.length === 0);
