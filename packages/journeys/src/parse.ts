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
  throw badRequest(code, sentenceOf(issue, body), placeOf(issue.path));
}

const DATES = 'a date such as 2026-11-22 or a time such as 2026-11-22T03:04:05Z';

/** What is wrong and what to give; zod's own words only where they are about a bound. */
function sentenceOf(issue: z.core.$ZodIssue, body: unknown): string {
  const place = placeOf(issue.path);
  const name = place === '' ? 'The body' : `\`${place}\``;
  const missing = valueAt(body, issue.path) === undefined;
  const is = missing ? 'is missing' : 'is not of the right kind';
  if (issue.code === 'invalid_type') {
    const key = issue.path.at(-1);
    const wanted =
      issue.expected === 'string' && (key === 'from' || key === 'to') ? DATES : KINDS[issue.expected];
    return `${name} ${is}: give ${wanted ?? issue.expected}.`;
  }
  if (issue.code === 'invalid_value')
    return `${name} ${missing ? is : 'has no such choice'}: give one of ${issue.values.join(', ')}.`;
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return `${name} ${missing ? is : 'has no such choice'}: give one of funnel, paths, map, overview, everyone.`;
  if (issue.code === 'unrecognized_keys')
    return `${name} has no ${issue.keys.map((key) => `\`${key.slice(0, 100)}\``).join(', ')}: leave it out or check the spelling.`;
  return issue.message;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two',
  object: 'a JSON object',
};

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    body,
  );
}

/** Of a union's failures, the one of the variant that was meant: the one that got furthest. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const inner = issue.errors
    .flatMap((issues) => issues.slice(0, 1))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : deepest({ ...inner, path: [...issue.path, ...inner.path] });
}
