import { LIMITS, ProblemError } from '@throughline/contract';
import type { Context } from 'hono';

/**
 * The request's JSON object. 413 for more than `LIMITS.api_body_bytes_max` bytes, 400 `malformed` for anything that is
 * not a JSON object or is nested deeper than `LIMITS.depth_max`. The only place that reads a body.
 */
export async function jsonBody(context: Context): Promise<Record<string, unknown>> {
  const text = await bodyText(context, LIMITS.api_body_bytes_max);
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

/** Stops reading at the limit, whatever length the request claims to have. */
async function bodyText(context: Context, bytesMax: number): Promise<string> {
  const tooLarge = new ProblemError(413, {
    code: 'too_large',
    message: `The body is larger than ${bytesMax} bytes.`,
    at: '',
  });
  if (Number(context.req.header('content-length') ?? 0) > bytesMax) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

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
