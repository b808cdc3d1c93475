import type { Problem } from '@throughline/contract';
import type { Fetch } from './listen.ts';
import { PlainError } from './plain-error.ts';

/** Calls the query API with the admin token. A refusal becomes a `PlainError` with the API's own sentence. */
export type AdminApi = <Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
) => Promise<Answer>;

export interface AdminApiOptions {
  fetch: Fetch;
  base: string;
  admin_token: string;
}

export const adminRequest = (
  options: AdminApiOptions,
  method: string,
  path: string,
  body?: object,
): Request =>
  new Request(new URL(path, options.base), {
    method,
    headers: {
      authorization: `Bearer ${options.admin_token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

export function adminApi(options: AdminApiOptions): AdminApi {
  return async <Answer>(method: string, path: string, body?: object) => {
    const response = await options.fetch(adminRequest(options, method, path, body));
    if (!response.ok) throw await refusal(response);
    return (await response.json()) as Answer;
  };
}

/** Whether the API could not do it because ClickHouse does not answer. */
export const isStoreAway = (error: unknown): boolean =>
  error instanceof PlainError && error.problem.code === 'store_unavailable';

/** The sentence of an API's refusal; a bare status when the answer is not ours. */
export async function refusal(response: Response): Promise<PlainError> {
  const answer: unknown = await response.json().catch(() => undefined);
  const problem = (answer as { error?: Problem } | undefined)?.error;
  if (problem === undefined) return new PlainError(`The server answered ${response.status}.`);
  return new PlainError(problem.message, { problem });
}
