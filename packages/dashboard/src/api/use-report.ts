import { useEffect, useReducer, useState } from 'preact/hooks';
import { signedOut } from '../state/session.ts';
import { ApiError } from './call.ts';

/** What a page knows of a report: while a newer one loads, `data` still holds the older. */
export interface Report<Data> {
  data: Data | undefined;
  error: ApiError | undefined;
  loading: boolean;
  retry(): void;
}

/**
 * Loads whenever `key` changes and aborts what it no longer needs. `load` undefined: nothing to ask for yet.
 * Errors that are not an `ApiError` are ours and are thrown on, into the window's error handler.
 */
export function useReport<Data>(
  key: string,
  load: ((signal: AbortSignal) => Promise<Data>) | undefined,
): Report<Data> {
  const [state, setState] = useState<{ key: string; data?: Data; error?: ApiError }>({ key: '' });
  const [attempt, retry] = useReducer((count: number, _action: undefined) => count + 1, 0);

  useEffect(() => {
    if (!load) return;
    const controller = new AbortController();
    load(controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) setState({ key, data });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401) signedOut();
        setState({ key, error });
      },
    );
    return () => controller.abort();
  }, [key, attempt, load === undefined]);

  const loading = load !== undefined && state.key !== key;
  return {
    data: state.data,
    error: state.key === key ? state.error : undefined,
    loading,
    retry: () => {
      setState({ key: '' });
      retry(undefined);
    },
  };
}
