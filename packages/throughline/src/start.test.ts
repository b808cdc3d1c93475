import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './program.ts';
import { removeFolder, runCommand, type TestCli, temporaryFolder, testCli } from './testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

const environment = () => ({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' });

interface Printed {
  url: string;
  site: string;
  sign_in_url: string;
  storefront_url: string;
  write_key: string;
  secret_key: string;
}

/** Starts, hands over what was printed, and stops; gives the exit status. */
async function whileRunning(work: (printed: Printed, cli: TestCli) => Promise<void>): Promise<number> {
  const cli = testCli(environment());
  const ended = run(['start', '--json'], cli);
  await Promise.race([cli.printed('}\n'), ended]);
  try {
    await work(JSON.parse(cli.stdout()) as Printed, cli);
  } finally {
    cli.stop();
  }
  return ended;
}

describe('start', () => {
  it('prints a sign-in link, the snippet and the storefront, each of which works', async () => {
    const cli = testCli(environment());
    const ended = run(['start'], cli);
    await Promise.race([cli.printed('Ctrl+C'), ended]);
    const printed = cli.stdout();
    const [, url, token] = /(http:\/\/127\.0\.0\.1:\d+)\/sign-in#(tli_[\w-]+)/.exec(printed)!;
    const snippet = /<script defer src="(.*)\/t\.js" data-site="(\w+)"><\/script>/.exec(printed)!;
    expect(snippet[1]).toBe(url);
    expect(url).not.toContain(':0');

    const signIn = await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(await signIn.json()).toMatchObject({ sites: [{ site: snippet[2], name: 'Demo shop' }] });
    const page = await fetch(`${url}/sign-in`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const tag = await fetch(`${url}/t.js`);
    expect(tag.headers.get('content-type')).toContain('javascript');
    const storefront = await (await fetch(/http:\S+\/demo\//.exec(printed)![0])).text();
    expect(storefront).toContain(`<script defer src="/t.js" data-site="${snippet[2]}"></script>`);
    const [, added] = /npx throughline (site add "My shop" .*)/.exec(printed)!;
    const argv = added!.match(/"[^"]+"|\S+/g)!.map((word) => word.replaceAll('"', ''));
    expect((await runCommand(environment(), ...argv)).code).toBe(0);
    cli.stop();
    expect(await ended).toBe(0);
    expect(cli.stderr()).toBe('');
  });

  it('keeps its site over a restart and tells its keys once', async () => {
    let first: Printed | undefined;
    await whileRunning(async (printed) => {
      first = printed;
      expect(printed.write_key).toMatch(/^tlw_/);
      await fetch(`${printed.url}/api/sites`, {
        method: 'POST',
        headers: { authorization: `Bearer ${printed.secret_key}` },
        body: '{"name":"A second one that sorts first"}',
      });
      const added = await runCommand(environment(), 'site', 'add', 'A second one that sorts first', '--json');
      expect(added.code).toBe(0);
    });
    await whileRunning(async (printed) => {
      expect(printed.site).toBe(first!.site);
      expect(printed.write_key).toBeUndefined();
    });
    expect(await readdir(folder)).not.toContain('server.json');
  });

  it('serves a build of the tag that an earlier version has kept, and says of another what there is', async () => {
    const old = '/* the tag of last year */';
    const hash = createHash('sha256').update(old).digest('hex').slice(0, 12);
    await mkdir(path.join(folder, 'tags'));
    await writeFile(path.join(folder, 'tags', `t.${hash}.js`), old);
    await whileRunning(async ({ url }) => {
      const pinned = await fetch(`${url}/t.${hash}.js`);
      expect([pinned.status, await pinned.text()]).toEqual([200, old]);
      const unknown = await fetch(`${url}/t.0123456789ab.js`);
      const { error } = (await unknown.json()) as { error: { message: string } };
      expect([unknown.status, error.message]).toEqual([404, expect.stringContaining('complete')]);
      const [current] = /\/t\.\w+\.js/.exec(error.message)!;
      expect((await fetch(url + current)).headers.get('cache-control')).toContain('immutable');
    });
    expect(await readdir(path.join(folder, 'tags'))).toHaveLength(3);
  });

  it('tells in one sentence that the data folder is held by another process', async () => {
    await whileRunning(async () => {
      const second = await runCommand(environment(), 'start');
      expect(second.code).toBe(1);
      expect(second.err.trim().split('\n')).toHaveLength(1);
      expect(second.err).toContain('in use by another process');
      expect(second.err).toContain('DATA_DIR');
    });
  });

  it('tells in one sentence that the country database cannot be read', async () => {
    const file = path.join(folder, 'countries.mmdb');
    const { code, err } = await runCommand({ ...environment(), COUNTRY_DB: file }, 'start');
    expect([code, err]).toEqual([
      1,
      `Cannot read the country database ${file}: there is no such file; give a MaxMind DB (.mmdb) file, or none for the bundled one.\n`,
    ]);
  });

  it('tells in one sentence that the port is in use, and leaves the data folder alone', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await runCommand({ ...environment(), PORT: String(port) }, 'start');
    other.close();
    expect(code).toBe(1);
    expect(err).toBe(`Port ${port} is in use by another program; stop it, or set PORT to a free one.\n`);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the storefront', () => {
  it('sells in the currency of the site that it feeds', async () => {
    await whileRunning(async ({ storefront_url, site }) => {
      const products = await (await fetch(new URL('js/products.js', storefront_url))).text();
      const [, currency] = /CURRENCY = '(\w+)'/.exec(products)!;
      const sites = JSON.parse((await runCommand(environment(), 'site', 'list', '--json')).out) as object[];
      expect(sites).toEqual([
        expect.objectContaining({ site, name: 'Demo shop', currency, timezone: 'Asia/Ho_Chi_Minh' }),
      ]);
    });
  });

  it('serves its pages and nothing beside them', async () => {
    const code = await whileRunning(async ({ storefront_url }) => {
      const get = async (path: string) => (await fetch(new URL(path, storefront_url))).status;
      expect(await get('products/lotus-tea')).toBe(200);
      expect(await get('js/cart.js')).toBe(200);
      expect(await get('leaf.svg')).toBe(200);
      expect(await get('nothing.html')).toBe(404);
      expect(await get('..%2ftrack-api%2fcurl.sh')).toBe(404);
      expect(await get('js/..%2f..%2fREADME.md')).toBe(404);
    });
    expect(code).toBe(0);
  });
});
