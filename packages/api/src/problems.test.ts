import { type Store, StoreError } from '@throughline/store';
import { expect, it } from 'vitest';
import { ADMIN_TOKEN, rememberingLog, testApi } from './testing.ts';

const SECRET = 'an@example.vn';

/** An API whose store throws this at every question. */
function failing(error: Error) {
  const log = rememberingLog();
  const store = { query: () => Promise.reject(error) } as unknown as Store;
  const { app } = testApi(store, { log });
  return {
    log,
    ask: () => app.request('/api/sites', { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } }),
  };
}

it.each([
  [undefined, 503, 'store_unavailable', '2'],
  [210, 503, 'store_unavailable', '2'],
  [159, 504, 'too_slow', null],
  [241, 504, 'too_heavy', null],
  [47, 500, 'internal', null],
])('answers a store error of code %s with %i %s', async (code, status, problem, retry) => {
  const { ask } = failing(new StoreError(`it broke at ${SECRET}`, { code, ambiguous: false }));
  const response = await ask();
  expect(response.status).toBe(status);
  expect(response.headers.get('retry-after')).toBe(retry);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ error: { code: problem, at: '' } });
  expect(text).not.toContain(SECRET);
});

it('tells nobody what an unexpected error said, and logs its kind and place', async () => {
  const { ask, log } = failing(new RangeError(`bad value ${SECRET}`));
  const response = await ask();
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/RangeError|bad value|\.ts/);
  expect(log.said).toHaveLength(1);
  expect(log.said[0]!.fields).toMatchObject({ route: '/api/sites' });
  expect(JSON.stringify(log.said)).toContain('RangeError at ');
  expect(JSON.stringify(log.said)).not.toContain(SECRET);
});
