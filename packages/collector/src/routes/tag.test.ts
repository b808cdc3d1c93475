import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Site } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import type { Answer, Call } from './call.ts';
import { tagRoutes } from './tag.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const BUILDS = { core: bytes('/* core */'), complete: bytes('/* complete */') };
const SMALL = { site: 'small', settings: { tag: 'core' } } as Site;
const routes = tagRoutes(BUILDS, { find: async (site) => (site === 'small' ? SMALL : undefined) });

async function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = new URL(address, 'https://collect.example');
  const call: Call = {
    header: (name) => headers[name],
    param: () => undefined,
    url: () => url,
    peer: '',
    body: async () => undefined,
    hold: () => {},
    end: () => {},
  };
  return routes.find(({ path }) => path === url.pathname)!.handle(call);
}
const textOf = ({ headers, body }: Answer) => {
  const coding = headers['content-encoding'];
  const raw = Buffer.from(body);
  return (coding === 'br' ? brotliDecompressSync(raw) : coding === 'gzip' ? gunzipSync(raw) : raw).toString();
};

describe('the tag', () => {
  it.each([
    ['/t.js', '/* complete */'],
    ['/t.js?site=small', '/* core */'],
    ['/t.js?site=unknown', '/* complete */'],
  ])('at %s is the build that the site asks for', async (address, text) => {
    expect(textOf(await get(address))).toBe(text);
  });

  it('is the complete one while the store is away', async () => {
    const away = tagRoutes(BUILDS, { find: () => Promise.reject(new Error('away')) });
    const call = { header: () => undefined, url: () => new URL('https://c.example/t.js?site=small') };
    expect(textOf(await away[0]!.handle(call as unknown as Call))).toBe('/* complete */');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip'],
    ['', undefined],
  ])('to who takes "%s" comes as %s', async (accepted, coding) => {
    const answer = await get('/t.js', { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(answer.headers['vary']).toBe('accept-encoding');
    expect(textOf(answer)).toBe('/* complete */');
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await get('/t.js', { 'accept-encoding': 'br' });
    const again = await get('/t.js', { 'accept-encoding': 'br', 'if-none-match': `W/${headers['etag']}` });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await get('/t.js', { 'if-none-match': headers['etag']! })).status).toBe(200);
  });

  it('may change under its usual name, and never under one with its hash', async () => {
    expect((await get('/t.js')).headers['cache-control']).toContain('max-age=3600');
    const pinned = routes.filter(({ path }) => path !== '/t.js').map(({ path }) => path);
    expect(pinned).toHaveLength(2);
    for (const path of pinned) {
      expect(path).toMatch(/^\/t\.[0-9a-f]{12}\.js$/);
      expect((await get(path)).headers['cache-control']).toContain('immutable');
    }
  });
});
