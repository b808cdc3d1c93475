import { LIMITS, ProblemError } from '@throughline/contract';
import type { Context } from 'hono';

/**
 * The request's JSON object. 400 `malformed` for anything else, also for JSON nested deeper than
 * `LIMITS.depth_max`. The size is bounded before, by the route's body limit.
 */
export async function jsonBody(context: Context): Promise<Record<string, unknown>> {
  const text = await context.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the body; it must not reach logs.
    throw malformed(text === '' ? 'The body is empty; send a JSON object.' : 'The body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('The body must be a JSON object.');
  if (deeperThan(value, LIMITS.depth_max))
    throw malformed(`The body is nested deeper than ${LIMITS.depth_max} levels.`);
  return value as Record<string, unknown>;
}

const malformed = (message: string) => new ProblemError(400, { code: 'malformed', message, at: '' });

/** Walks level by level, so that hostile nesting cannot exhaust the stack. */
function deeperThan(root: object, depth: number): boolean {
  let level: object[] = [root];
  for (let at = 1; level.length > 0; at += 1) {
    if (at > depth) return true;
    level = level.flatMap((value) =>
      Object.values(value).filter((child): child is object => typeof child === 'object' && child !== null),
    );
  }
  return false;
}
