import type { Problem } from '@throughline/contract';
import type { Received } from '../intake.ts';
import { SpoolError } from '../spool/limits.ts';
import { ADVICE } from './advice.ts';
import type { Answer } from './call.ts';
import { Failure } from './failure.ts';

/** Any page may post events and read the answer; there is nothing in it but counts. */
export const CORS = { 'access-control-allow-origin': '*' };
const JSON_HEADERS = { ...CORS, 'content-type': 'application/json', 'cache-control': 'no-store' };
const RETRY_AFTER_S = 5;

export const json = (body: object, status = 200, headers?: Record<string, string>): Answer => ({
  status,
  headers: headers ? { ...JSON_HEADERS, ...headers } : JSON_HEADERS,
  body: JSON.stringify(body),
});

export function problem(status: number, error: Problem, headers?: Record<string, string>): Answer {
  return json({ error }, status, headers);
}

/**
 * The answer to a request whose events went through the steps: 400 only when nothing of it was taken. `place` tells
 * where the caller finds the field of the event at an index.
 */
export function received(
  { accepted, refused: found }: Received,
  body: Record<string, unknown>,
  place: (index: number, field: string) => string,
): Answer {
  if (found.length === 0) return json(body);
  const refused = found.map(({ index, reason, field }) => ({ index, reason, at: place(index, field) }));
  if (accepted > 0) return json({ ...body, refused });
  const { reason, at } = refused[0]!;
  return json({ error: { code: reason, message: ADVICE[reason], at }, refused }, 400);
}

/** The answer to an error that a route threw; undefined when it is none that was expected. */
export function failed(error: unknown): Answer | undefined {
  if (error instanceof Failure) {
    const { status, code, message, at, retry_after_s } = error;
    const headers: Record<string, string> = {};
    if (retry_after_s !== undefined) headers['retry-after'] = String(retry_after_s);
    if (code === 'wrong_key') headers['www-authenticate'] = 'Basic realm="write key"';
    return problem(status, { code, message, at }, headers);
  }
  if (error instanceof SpoolError) {
    const message = 'The collector cannot keep more events now; send again later.';
    return problem(
      503,
      { code: 'spool_unavailable', message, at: '' },
      { 'retry-after': String(RETRY_AFTER_S) },
    );
  }
  return undefined;
}
