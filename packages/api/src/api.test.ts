import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMITTED } from './access.ts';
import type { Api } from './api.ts';
import type { CallerKind } from './caller.ts';
import { loadDashboard } from './dashboard-files.ts';
import type { RouteInfo } from './route.ts';
import { ADMIN_TOKEN, addShop, dashboardFolder, keyOf, testApi } from './testing.ts';

let store: TestStore;
let api: Api;
let credentials: Record<string, { kind: CallerKind; own_site: boolean; headers: Record<string, string> }>;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (key: string) => ({ cookie: `tl_session=${key}` });

beforeAll(async () => {
  store = await testStore();
  api = testApi(store, { dashboard: await loadDashboard(await dashboardFolder()) });
  await addShop(store, 'mine');
  await addShop(store, 'other');
  credentials = {
    nobody: { kind: 'nobody', own_site: false, headers: {} },
    'a random bearer token': { kind: 'nobody', own_site: false, headers: bearer('x'.repeat(40)) },
    'the public site key': { kind: 'nobody', own_site: false, headers: bearer('mine') },
    'a write key': {
      kind: 'write_key',
      own_site: true,
      headers: bearer(await keyOf(store, 'write', 'mine')),
    },
    'a secret key of the site': {
      kind: 'secret_key',
      own_site: true,
      headers: bearer(await keyOf(store, 'secret', 'mine')),
    },
    'a secret key of another site': {
      kind: 'secret_key',
      own_site: false,
      headers: bearer(await keyOf(store, 'secret', 'other')),
    },
    'the admin token': { kind: 'admin', own_site: true, headers: bearer(ADMIN_TOKEN) },
    'a session': {
      kind: 'session',
      own_site: true,
      headers: cookie(await keyOf(store, 'session', '', 1000)),
    },
    'a session of another site': {
      kind: 'session',
      own_site: false,
      headers: cookie(await keyOf(store, 'session', 'other', 1000)),
    },
    'an expired session': {
      kind: 'nobody',
      own_site: false,
      headers: cookie(await keyOf(store, 'session', '', 0)),
    },
    'an unused sign-in link as a session': {
      kind: 'nobody',
      own_site: false,
      headers: cookie(await keyOf(store, 'sign_in', '', 1000)),
    },
    'a session key as a bearer token': {
      kind: 'nobody',
      own_site: false,
      headers: bearer(await keyOf(store, 'session', '', 1000)),
    },
  };
});
afterAll(() => store.close());

/** A request that is right but for who makes it, so that only the caller decides. */
function call(route: RouteInfo, headers: Record<string, string>, site = 'mine') {
  const path = route.path.replace(':site', site).replace(':id', 'nobody').replace(':file', 'main-0a1b2c.js');
  return api.app.request(path, {
    method: route.method,
    headers: { ...headers, ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    ...(route.method === 'POST' ? { body: '{}' } : {}),
  });
}

/** What the access table says, worked out apart from the code that enforces it. */
function expected(route: RouteInfo, { kind, own_site }: { kind: CallerKind; own_site: boolean }) {
  if (!ADMITTED[route.access].has(kind)) return kind === 'nobody' ? 401 : 403;
  if (route.access !== 'public' && route.path.includes(':site') && !own_site) return 403;
  return 'admitted';
}

describe('who may call what', () => {
  it('answers every caller on every route as the access table says', async () => {
    const wrong: string[] = [];
    for (const route of api.routes)
      for (const [name, caller] of Object.entries(credentials)) {
        // Signing out is tried last, below: it ends the very session the walk uses.
        if (route.path === '/api/sign-out' && caller.kind === 'session') continue;
        const { status } = await call(route, caller.headers);
        const want = expected(route, caller);
        // A public route may itself say 401, to a used sign-in link.
        const right =
          want === 'admitted'
            ? route.access === 'public' || (status !== 401 && status !== 403)
            : status === want;
        if (!right) wrong.push(`${name} on ${route.method} ${route.path}: ${status}, not ${want}`);
      }
    expect(wrong).toEqual([]);
    expect(api.routes.length).toBeGreaterThan(20);
  });

  it('tells a foreign site and one that does not exist apart for nobody but those who see all sites', async () => {
    const map = { method: 'POST', path: '/api/sites/:site/map', access: 'site' } as const;
    const other = credentials['a secret key of another site']!.headers;
    const foreign = await call(map, other, 'mine');
    const absent = await call(map, other, 'no-such-site');
    expect([foreign.status, await foreign.text()]).toEqual([absent.status, await absent.text()]);
    expect((await call(map, bearer(ADMIN_TOKEN), 'no-such-site')).status).toBe(404);
  });

  it('does not let a cookie make good a wrong bearer token', async () => {
    const session = credentials['a session']!.headers;
    const response = await api.app.request('/api/session', {
      headers: { ...session, ...bearer('tls_wrong-wrong-wrong-wrong') },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses a session’s POST that a page of another site made', async () => {
    const session = credentials['a session']!.headers;
    const post = (headers: Record<string, string>) =>
      api.app.request('http://shop.example/api/sites/mine/map', {
        method: 'POST',
        headers: { ...session, 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    const own = await post({ origin: 'http://shop.example', 'sec-fetch-site': 'same-origin' });
    expect([401, 403, 415]).not.toContain(own.status);
  });
});

describe('bad requests', () => {
  const post = (body: string | undefined, path = '/api/sites/mine/funnel') =>
    api.app.request(path, { method: 'POST', headers: bearer(ADMIN_TOKEN), body });

  it.each([
    ['', 'The body is empty; send a JSON object.'],
    ['{"from":', 'The body is not valid JSON.'],
    ['[1]', 'The body must be a JSON object.'],
    [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'The body is nested deeper than 12 levels.'],
  ])('answers %j with 400 and a sentence', async (body, message) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: { code: 'malformed', message, at: '' } });
  });

  it('answers a body above the limit with 413', async () => {
    const response = await post(`{"from":"${'x'.repeat(70_000)}"}`);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: 'too_large' } });
  });

  it('stops reading a body that claims no length', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(16 * 1024).fill(32));
      },
    });
    const response = await api.app.request('/api/sites/mine/funnel', {
      method: 'POST',
      headers: bearer(ADMIN_TOKEN),
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(20);
  });

  it('answers an unknown address with a JSON 404', async () => {
    const response = await api.app.request('/api/nothing-here');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('passes a report’s own refusal on with its place', async () => {
    const response = await post('{"from":"2026-11-01","to":"2026-11-22","steps":[]}');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { at: expect.stringContaining('steps') } });
  });
});
