import { ProblemError } from '@throughline/contract';
import type { z } from 'zod';

/** A bad request with its place: `steps[1].where[0].property`. */
export function badRequest(code: string, message: string, at = ''): ProblemError {
  return new ProblemError(400, { code, message, at });
}

export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );
}

/**
 * `body` as `schema` reads it. Throws a ProblemError 400 for the first thing that is wrong; a schema names
 * its own code with `params: { code }`, everything else is `bad_request`.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues[0]!);
  const code =
    issue.code === 'custom' && typeof issue.params?.code === 'string' ? issue.params.code : 'bad_request';
  throw badRequest(code, issue.message, placeOf(issue.path));
}

/** Of a union's failures, the one of the variant that was meant: the one that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}
