import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCE = path.resolve('packages/dashboard/src');
/** Attributes that a reader sees or hears. */
const SPOKEN = new Set(['title', 'label', 'placeholder', 'alt', 'aria-label', 'text', 'hint', 'caption']);

/** Letters that stand in markup instead of in the catalogue. */
export function visibleText(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && node.initializer && SPOKEN.has(node.name.getText())) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && ts.isStringLiteral(value) && /\p{L}/u.test(value.text)) found.push(value.text);
    }
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteral(node.expression))
      if (!ts.isJsxAttribute(node.parent) && /\p{L}/u.test(node.expression.text))
        found.push(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.tsx', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

describe('visible text', () => {
  it('is found where it is hard-coded', () => {
    expect(visibleText(`<p title="Hello">Some words {'more'} · {t.fine}</p>`)).toEqual([
      'Hello',
      'Some words',
      'more',
    ]);
  });

  it('stands in the catalogue, never in a component', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx'),
    );
    expect(files.length).toBeGreaterThan(30);
    const hard_coded = files.flatMap((name) =>
      visibleText(readFileSync(path.join(SOURCE, name), 'utf8')).map((text) => `${name}: ${text}`),
    );
    expect(hard_coded).toEqual([]);
  });
});
