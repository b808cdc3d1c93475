/** A call that did not give an answer. `message` is the API's own sentence, '' where there was none. */
export class ApiError extends Error {
  /** 0 when the server could not be reached. */
  readonly status: number;
  readonly code: string;
  readonly at: string;
  constructor(status: number, problem: { code: string; message: string; at: string }) {
    super(problem.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.at = problem.at;
  }
}

/** Sends `body` as JSON (a POST) or asks (a GET). Throws `ApiError`, or the signal's reason when aborted. */
export async function call<Answer>(path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const response = await reach(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  const answer = parsed(text);
  if (response.ok && answer !== undefined) return answer as Answer;
  throw new ApiError(response.status, problemIn(answer));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, { code: 'unreachable', message: '', at: '' });
  }
}

function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's HTML page, for one. The caller makes an ApiError of it with the status.
    return undefined;
  }
}

function problemIn(answer: unknown): { code: string; message: string; at: string } {
  const error = (answer as { error?: { code?: unknown; message?: unknown; at?: unknown } } | undefined)
    ?.error;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { code: text(error?.code) || 'unreadable', message: text(error?.message), at: text(error?.at) };
}
