import ts from 'typescript';
import { isKey } from './names.mjs';

/** Where a name stands in a script, in its order; not as a key of an object. */
export const usesOf = (file, name) => {
  const uses = [];
  const visit = (node) => {
    if (ts.isIdentifier(node) && node.text === name && !isKey(node)) uses.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses;
};

/** What gives a name its meaning. */
export const isBinding = (node) =>
  ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);

/** The script with other texts from `start` to `end`, none of them within another. */
export const edited = (code, places) =>
  places
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: next }) => text.slice(0, start) + next + text.slice(end), code);

/** Whether a function's body returns, it and no function within. */
export const returns = (node) =>
  ts.isReturnStatement(node) || (!ts.isFunctionLike(node) && ts.forEachChild(node, returns)) || false;

/** What stands within parentheses. */
export const bare = (node) => (ts.isParenthesizedExpression(node) ? bare(node.expression) : node);

/** The script edited at the first node of which `placesAt` gives any, until it gives none. */
export const editedAt = (placesAt, script) =>
  untilSame((code) => {
    const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
    let places;
    const visit = (node) => {
      places ??= placesAt(node);
      if (!places) ts.forEachChild(node, visit);
    };
    visit(file);
    return places ? edited(code, places) : code;
  }, script);

/** The script after as many steps as change anything. */
export function untilSame(step, code) {
  const next = step(code);
  return next === code ? code : untilSame(step, next);
}
