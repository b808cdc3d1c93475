import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_TOKEN, addShop, keyOf, NOON, testApi } from './testing.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
  await addShop(store, 'mine');
});
afterAll(() => store.close());

const signIn = (api: ReturnType<typeof testApi>, token: unknown, headers: Record<string, string> = {}) =>
  api.app.request('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });

it('turns a one-time link into a session that works until it is signed out', async () => {
  const api = testApi(store);
  const made = await api.app.request('/api/sign-in-links', {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  expect(made.status).toBe(201);
  const { token, expires_at } = (await made.json()) as { token: string; expires_at: string };
  expect(expires_at).toBe('2026-11-23T12:00:00.000Z');

  const signed = await signIn(api, token);
  expect(signed.status).toBe(200);
  expect(await signed.json()).toMatchObject({ sites: [{ site: 'mine', currency: 'VND' }] });
  const set = signed.headers.get('set-cookie')!;
  expect(set).toMatch(/^tl_session=tlc_[\w-]{32}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/);

  const cookie = set.split(';')[0]!;
  const session = () => api.app.request('/api/session', { headers: { cookie } });
  expect((await session()).status).toBe(200);
  const out = await api.app.request('/api/sign-out', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
  });
  expect(out.status).toBe(200);
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
  expect((await session()).status).toBe(401);
});

it('lets a link in once, also when it is used twice at the same time', async () => {
  const api = testApi(store);
  const token = await keyOf(store, 'sign_in', '', 1000);
  const statuses = (await Promise.all([signIn(api, token), signIn(api, token)])).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 401]);
  const again = await signIn(api, token);
  expect(await again.json()).toMatchObject({ error: { code: 'link_used_or_expired' } });
});

it('marks the cookie Secure when a trusted proxy spoke HTTPS', async () => {
  const headers = { 'x-forwarded-proto': 'https' };
  const trusting = testApi(store, { trust_proxy: true });
  const trusted = await signIn(trusting, await keyOf(store, 'sign_in', '', 1000), headers);
  expect(trusted.headers.get('set-cookie')).toContain('Secure');
  const unasked = await signIn(testApi(store), await keyOf(store, 'sign_in', '', 1000), headers);
  expect(unasked.headers.get('set-cookie')).not.toContain('Secure');
});

it.each([undefined, null, 7, '', 'tli_nope', 'x'.repeat(5000), { a: 1 }])(
  'refuses the token %j',
  async (token) => {
    expect((await signIn(testApi(store), token)).status).toBe(401);
  },
);

it('stops an address after ten failures within a minute, and lets it try again later', async () => {
  let now = NOON;
  const api = testApi(store, { clock: () => now });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await signIn(api, 'wrong')).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
  const good = await keyOf(store, 'sign_in', '', 10 * 60_000);
  expect((await signIn(api, good)).status).toBe(429);
  now = new Date(NOON.getTime() + 60_000);
  expect((await signIn(api, good)).status).toBe(200);
});

it('does not let another site sign its visitor in', async () => {
  const token = await keyOf(store, 'sign_in', '', 1000);
  const response = await signIn(testApi(store), token, { origin: 'https://evil.example' });
  expect(response.status).toBe(403);
  expect((await signIn(testApi(store), token)).status).toBe(200);
});
