import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What a shop's visitors load, brotli at its best (11). Raise one only together with a reason in the commit. */
const BROTLI_BYTES_MAX = { core: 1_950, complete: 4_096 };

describe.each(['core', 'complete'] as const)('the %s build', (build) => {
  const script = readFileSync(new URL(`../dist/${build}.js`, import.meta.url), 'utf8');

  it(`is at most ${BROTLI_BYTES_MAX[build]} bytes in brotli`, () => {
    const bytes = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    expect(bytes).toBeLessThanOrEqual(BROTLI_BYTES_MAX[build]);
  });

  it('holds no syntax newer than ES2018', () => {
    const newer = new Set<string>();
    const source = ts.createSourceFile('t.js', script, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
    const visit = (node: ts.Node): void => {
      if (ts.isOptionalChain(node)) newer.add('optional chaining');
      if (ts.isCatchClause(node) && !node.variableDeclaration) newer.add('catch without a variable');
      if (ts.isBigIntLiteral(node)) newer.add('BigInt');
      if (ts.isPropertyDeclaration(node) || ts.isPrivateIdentifier(node)) newer.add('class fields');
      if (ts.isBinaryExpression(node) && node.operatorToken.getText() === '??') newer.add('??');
      if (ts.isBinaryExpression(node) && /^(\?\?|\|\||&&)=$/.test(node.operatorToken.getText()))
        newer.add('??=');
      // Safari read no look-behind until 2023, and one that it cannot read keeps the whole script from running.
      if (ts.isRegularExpressionLiteral(node) && node.text.includes('(?<')) newer.add('look-behind');
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect([...newer]).toEqual([]);
    expect((source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics).toEqual([]);
  });

  it('is one block with nothing but constants and variables in it, so that no name is left on the page', () => {
    const { statements } = ts.createSourceFile('t.js', script, ts.ScriptTarget.ESNext, true);
    expect(statements.map(({ kind }) => kind)).toEqual([ts.SyntaxKind.Block]);
    const kinds = new Set((statements[0] as ts.Block).statements.map(({ kind }) => ts.SyntaxKind[kind]));
    expect(kinds.has('FunctionDeclaration')).toBe(false);
    expect(script).not.toMatch(/\bvar\b[^;]*;?\}$/);
  });

  it('makes no code of text, as a strict content security policy asks', () => {
    expect(script).not.toMatch(/\beval\b|\bFunction\(|set(Timeout|Interval)\("/);
  });
});
