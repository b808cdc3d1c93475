import type { Problem, RefusalReason } from '@throughline/contract';
import type { Received } from '../intake.ts';
import { SpoolError } from '../spool/limits.ts';
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

/** What each reason means, for the one whose events were refused. */
const MEANING: Partial<Record<RefusalReason, string>> = {
  malformed: 'The event is not a JSON object.',
  too_deep: 'The properties are nested too deeply.',
  missing_event_id: 'The event has no id.',
  missing_name: 'The event has no name.',
  missing_visitor: 'The event names neither an anonymous id nor a user id.',
  bad_time: 'The timestamp cannot be read, or lies in the future or too far back.',
  bad_identifier: 'No identifier in it can name a customer.',
};

/** The answer to a request whose events went through the steps: 400 only when nothing of it was taken. */
export function received({ accepted, refused }: Received, body: Record<string, unknown>): Answer {
  if (refused.length === 0) return json(body);
  if (accepted > 0) return json({ ...body, refused });
  const { index, reason } = refused[0]!;
  const error = { code: reason, message: MEANING[reason] ?? 'The event was refused.', at: `[${index}]` };
  return json({ error, refused }, 400);
}

/** The answer to an error that a route threw; undefined when it is none that was expected. */
export function failed(error: unknown): Answer | undefined {
  if (error instanceof Failure) {
    const { status, code, message, at, retry_after_s } = error;
    const headers: Record<string, string> = {};
    if (retry_after_s !== undefined) headers['retry-after'] = String(retry_after_s);
    if (status === 401) headers['www-authenticate'] = 'Basic realm="write key"';
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
