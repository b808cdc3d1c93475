import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What the shop's visitors load, brotli at its best (11). Raise it only together with a reason in the commit. */
const SNIPPET_BROTLI_BYTES_MAX = 3_600;

const snippet = readFileSync(new URL('../dist/t.js', import.meta.url), 'utf8');

describe('the built snippet', () => {
  it(`is at most ${SNIPPET_BROTLI_BYTES_MAX} bytes in brotli`, () => {
    const bytes = brotliCompressSync(snippet, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    expect(bytes).toBeLessThanOrEqual(SNIPPET_BROTLI_BYTES_MAX);
  });

  it('holds no syntax newer than ES2018', () => {
    const newer = new Set<string>();
    const source = ts.createSourceFile('t.js', snippet, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
    const visit = (node: ts.Node): void => {
      if (ts.isOptionalChain(node)) newer.add('optional chaining');
      if (ts.isCatchClause(node) && !node.variableDeclaration) newer.add('catch without a variable');
      if (ts.isBigIntLiteral(node)) newer.add('BigInt');
      if (ts.isPropertyDeclaration(node) || ts.isPrivateIdentifier(node)) newer.add('class fields');
      if (ts.isBinaryExpression(node) && node.operatorToken.getText() === '??') newer.add('??');
      if (ts.isBinaryExpression(node) && /^(\?\?|\|\||&&)=$/.test(node.operatorToken.getText()))
        newer.add('??=');
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect([...newer]).toEqual([]);
    expect((source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics).toEqual([]);
  });

  it('leaves one name behind: what the page calls', () => {
    expect(snippet.startsWith('!function(){')).toBe(true);
    expect(snippet.trimEnd().endsWith('}();')).toBe(true);
  });
});
