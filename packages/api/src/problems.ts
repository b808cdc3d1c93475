import { type Problem, ProblemError } from '@throughline/contract';
import { StoreError } from '@throughline/store';
import type { Context } from 'hono';
import type { Log } from './options.ts';

/** ClickHouse's codes: TIMEOUT_EXCEEDED, TOO_SLOW, QUERY_WAS_CANCELLED. */
const TIMED_OUT = new Set([159, 160, 394]);
/** MEMORY_LIMIT_EXCEEDED, TOO_MANY_ROWS, TOO_MANY_BYTES. */
const TOO_HEAVY = new Set([241, 158, 307]);
/** TOO_MANY_SIMULTANEOUS_QUERIES, SOCKET_TIMEOUT, NETWORK_ERROR: worth another try. */
const PASSING = new Set([202, 209, 210]);

export const NOT_FOUND: Problem = {
  code: 'not_found',
  message: 'There is nothing at this address; /openapi.json lists what there is.',
  at: '',
};

/** The answer for whatever a route threw: a sentence, never a stack. Unexpected errors are logged. */
export function answerError(context: Context, error: unknown, log: Log): Response {
  if (error instanceof ProblemError) {
    if (error.status === 401) context.header('www-authenticate', 'Bearer');
    if (error.status === 429) context.header('retry-after', '60');
    return problem(context, error.status, error.problem);
  }
  if (error instanceof StoreError) return storeProblem(context, error, log);
  log.error('a request failed', { route: context.req.routePath, error: describe(error) });
  return problem(context, 500, {
    code: 'internal',
    message: 'This failed inside Throughline; the log has the details.',
    at: '',
  });
}

export function problem(context: Context, status: number, body: Problem): Response {
  return context.json({ error: body }, status as 400);
}

function storeProblem(context: Context, error: StoreError, log: Log): Response {
  if (error.code !== undefined && TIMED_OUT.has(error.code))
    return problem(context, 504, {
      code: 'too_slow',
      message: 'This report took too long; ask for a shorter range, fewer steps or no breakdown.',
      at: '',
    });
  if (error.code !== undefined && TOO_HEAVY.has(error.code))
    return problem(context, 504, {
      code: 'too_heavy',
      message: 'This report needs more memory than it may use; ask for a shorter range or a narrower filter.',
      at: '',
    });
  if (error.code === undefined || PASSING.has(error.code)) {
    log.warn('the store did not answer', { route: context.req.routePath, code: error.code ?? 0 });
    context.header('retry-after', '2');
    return problem(context, 503, {
      code: 'store_unavailable',
      message: 'The database does not answer right now; try again in a few seconds.',
      at: '',
    });
  }
  // The store's own messages hold no values.
  log.error('the store refused a statement', { route: context.req.routePath, error: error.message });
  return problem(context, 500, {
    code: 'internal',
    message: `The database refused this report (ClickHouse code ${error.code}); the log has the details.`,
    at: '',
  });
}

/** The kind of an error and where it was thrown; its message may quote what a caller sent. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frame = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '';
  return `${error.name} ${frame.trim()}`;
}
