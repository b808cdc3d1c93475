import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Site } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import { hashOf, TagScript } from '../tag/script.ts';
import type { Answer, Call } from './call.ts';
import { pinnedOf, scriptsOf, tagRoutes } from './tag.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const SCRIPTS = scriptsOf({ core: bytes('/* core */'), complete: bytes('/* complete */') });
const OLD = new TagScript(bytes('/* of last year */'));
const SMALL = { site: 'small', settings: { tag: 'core' } } as Site;
const kept = {
  find: async (hash: string) => [SCRIPTS.core, SCRIPTS.complete, OLD].find((script) => script.hash === hash),
};
const routes = tagRoutes(SCRIPTS, { find: async (site) => (site === 'small' ? SMALL : undefined) }, kept);
const [usual, pinned] = routes;

async function get(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = new URL(address, 'https://collect.example');
  const call: Call = {
    header: (name) => headers[name],
    param: () => url.pathname.slice(1),
    url: () => url,
    peer: '',
    body: async () => undefined,
    hold: () => {},
    end: () => {},
  };
  return (url.pathname === '/t.js' ? usual : pinned)!.handle(call);
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
    const away = tagRoutes(SCRIPTS, { find: () => Promise.reject(new Error('away')) }, kept);
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

  it('may change under its usual name', async () => {
    expect((await get('/t.js')).headers['cache-control']).toBe(
      'public, max-age=300, stale-while-revalidate=86400',
    );
  });

  it.each(['/* core */', '/* complete */', '/* of last year */'])(
    '%s never changes under a name with its hash',
    async (text) => {
      const name = `/t.${hashOf(bytes(text))}.js`;
      expect(name).toMatch(/^\/t\.[0-9a-f]{12}\.js$/);
      const answer = await get(name, { 'accept-encoding': 'br' });
      expect(answer.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable, no-transform',
        'content-encoding': 'br',
      });
      expect(textOf(answer)).toBe(text);
    },
  );

  it('is pinned by the hash of its content, which browsers check before they run it', () => {
    expect(pinnedOf(SCRIPTS)).toEqual({
      core: {
        file: 't.f0bfc55e70d4.js',
        integrity: 'sha384-BeMpdpmRJaa4blYaloHlRuwZRTHOdTcXJWEGZSxq9N7SVpuA2RpKj4xuVbyy02Z9',
      },
      complete: {
        file: 't.54c2cca9cf7b.js',
        integrity: 'sha384-SR0RQwxXZv0SXucN8rUq19hup4W3bBbS2CbgYz3AqHjvd3TLzxFKUnU12Z78dNdY',
      },
    });
  });

  it.each(['/t.0123456789ab.js', '/t.constructor.js'])(
    'says of %s, which nobody keeps, what there is, and lets nobody remember that for long',
    async (name) => {
      const { status, headers, body } = await get(name);
      expect([status, headers['cache-control']]).toEqual([404, 'public, max-age=60']);
      expect(JSON.parse(String(body))).toMatchObject({
        error: { code: 'unknown_build', message: expect.stringContaining(`/t.${SCRIPTS.core.hash}.js`) },
      });
    },
  );
});
