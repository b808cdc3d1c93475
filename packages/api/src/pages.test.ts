import { gunzipSync } from 'node:zlib';
import { DASHBOARD_PAGES } from '@throughline/contract';
import type { Store } from '@throughline/store';
import { expect, it } from 'vitest';
import { loadDashboard } from './dashboard-files.ts';
import { dashboardFolder, testApi } from './testing.ts';

/** Pages must be there while the store is not, so they get one that fails at everything. */
const noStore = new Proxy({} as Store, {
  get() {
    throw new Error('a public page asked the store');
  },
});

const built = async () => testApi(noStore, { dashboard: await loadDashboard(await dashboardFolder()) }).app;

it.each(DASHBOARD_PAGES.map((path) => path.replace(':id', 'p_1')))(
  'answers %s with the dashboard, under a strict policy',
  async (path) => {
    const response = await (await built()).request(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Throughline</title>');
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  },
);

it('serves built files for good, compressed for those who can', async () => {
  const app = await built();
  const plain = await app.request('/assets/main-0a1b2c.js');
  expect(await plain.text()).toBe('export {};\n');
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(plain.headers.get('content-type')).toContain('javascript');
  const packed = await app.request('/assets/main-0a1b2c.js', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe('export {};\n');
});

it.each(['/assets/none.js', '/assets/..%2findex.html', '/assets/__proto__', '/index.html'])(
  'has no file %s',
  async (path) => {
    expect((await (await built()).request(path)).status).toBe(404);
  },
);

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

it.each(['/zzz', '/people/p_1/more', '/index.html', '/apiary'])(
  'answers a browser that asks for %s with the dashboard and status 404',
  async (path) => {
    const app = await built();
    const response = await app.request(path, { headers: BROWSER });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('<title>Throughline</title>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('vary')).toBe('accept');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const program = await app.request(path, { headers: { accept: '*/*' } });
    expect(program.status).toBe(404);
    expect(await program.json()).toMatchObject({ error: { code: 'not_found' } });
  },
);

it.each(['/api', '/api/zzz', '/api/sites/mine/funnel', '/assets/none.js'])(
  'answers %s with JSON, a browser as well',
  async (path) => {
    const response = await (await built()).request(path, { headers: BROWSER });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
  },
);

it('answers a browser with JSON where the dashboard is not built', async () => {
  const response = await testApi(noStore).app.request('/zzz', { headers: BROWSER });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
});

it('knows no address for a POST beside the API', async () => {
  const response = await (await built()).request('/zzz', { method: 'POST', headers: BROWSER });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
});

it('says what to do when the dashboard is not built', async () => {
  const { app } = testApi(noStore, { dashboard: await loadDashboard('/nowhere') });
  const response = await app.request('/');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'dashboard_missing' } });
});

it('describes every route but the pages in /openapi.json, with the same access', async () => {
  const { app, routes } = testApi(noStore);
  const document = (await (await app.request('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { security: object[] }>>;
    components: { schemas: Record<string, object> };
  };
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => {
      const kinds = security.map((scheme) => Object.keys(scheme)[0]).join(' ');
      return `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')} ${kinds}`.trim();
    }),
  );
  const kinds = {
    public: '',
    signed_in: 'session admin_token',
    site: 'secret_key session admin_token',
    admin: 'admin_token',
  };
  const wanted = routes
    .filter(({ path }) => path.startsWith('/api/') || path === '/openapi.json')
    .map(({ method, path, access }) => `${method} ${path} ${kinds[access]}`.trim());
  expect(described.sort()).toEqual(wanted.sort());

  const named = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(
    ([, name]) => name!,
  );
  expect(named.filter((name) => !(name in document.components.schemas))).toEqual([]);
  expect(Object.keys(document.components.schemas).filter((name) => !named.includes(name))).toEqual([]);
});
