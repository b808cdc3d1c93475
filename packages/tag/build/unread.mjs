import ts from 'typescript';
import { edited, isBinding, untilSame, usesOf } from './uses.mjs';

/** The script without variables of the top that are set and never read in this build: what they are set to is done, and not kept. */
export function unread(code) {
  return untilSame(step, code);
}

function step(code) {
  const file = ts.createSourceFile('t.js', code, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  for (const statement of file.statements.filter(ts.isVariableStatement)) {
    const { declarations } = statement.declarationList;
    for (const [i, declaration] of declarations.entries()) {
      const { name, initializer } = declaration;
      if (!ts.isIdentifier(name) || initializer) continue;
      const uses = usesOf(file, name.text).filter((use) => use !== name);
      if (!uses.every(isSet) || uses.some(({ parent }) => isBinding(parent))) continue;
      return edited(code, [
        { ...place(statement, declarations, i), text: '' },
        ...uses.map(({ parent }) => ({
          start: parent.getStart(),
          end: parent.getEnd(),
          text: parent.right.getText(),
        })),
      ]);
    }
  }
  return code;
}

/** Where a declaration of a list stands, with a comma. */
function place(statement, declarations, i) {
  if (declarations.length === 1) return { start: statement.getStart(), end: statement.getEnd() };
  return i > 0
    ? { start: declarations[i - 1].end, end: declarations[i].end }
    : { start: declarations[i].getStart(), end: declarations[1].getStart() };
}

const isSet = (use) =>
  ts.isBinaryExpression(use.parent) &&
  use.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  use.parent.left === use;
