import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, call } from './call.ts';

const answering = (body: string, status: number) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
const failure = (path: string): Promise<ApiError> =>
  call(path).then(
    () => {
      throw new Error('it was answered');
    },
    (error) => error,
  );

afterEach(() => vi.unstubAllGlobals());

describe('a call', () => {
  it('carries the sentence, the code and the place of the error', async () => {
    answering('{"error":{"code":"bad_range","message":"`to` is before `from`.","at":"to"}}', 400);
    const error = await failure('/api/x');
    expect([error.status, error.code, error.message, error.at]).toEqual([
      400,
      'bad_range',
      '`to` is before `from`.',
      'to',
    ]);
  });

  it('calls a page that is not JSON unreadable, even with status 200', async () => {
    answering('<html>Bad gateway</html>', 200);
    expect(await failure('/api/x')).toMatchObject({ status: 200, code: 'unreadable', message: '' });
  });

  it('tells a server that cannot be reached from one that says no', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('fetch failed');
    });
    expect(await failure('/api/x')).toMatchObject({ status: 0, code: 'unreachable' });
    expect(await failure('/api/x')).toBeInstanceOf(ApiError);
  });

  it('posts JSON with its content type, and gets without a body', async () => {
    const sent: [string, RequestInit][] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
      sent.push([path, init]);
      return new Response('{}');
    });
    await call('/a', { b: 1 });
    await call('/a');
    expect(sent[0]![1]).toMatchObject({
      method: 'POST',
      body: '{"b":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect(sent[1]![1]).not.toHaveProperty('body');
  });
});
