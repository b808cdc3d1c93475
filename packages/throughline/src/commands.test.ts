import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EventRow, IdentityRules, SiteKeys } from '@throughline/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { type RunningThroughline, startServer } from './serve.ts';
import { removeFolder, runCommand, temporaryFolder } from './testing.ts';

/** Every command is tried twice: beside a running server, and alone on the folder. */
describe.each(['running', 'not running'] as const)('with the server %s', (state) => {
  let folder: string;
  let server: RunningThroughline | undefined;
  let keys: SiteKeys;
  const tl = (...argv: string[]) => runCommand({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' }, ...argv);

  beforeAll(async () => {
    folder = await temporaryFolder();
    if (state === 'running')
      server = await startServer(readConfig({ PORT: '0', DATA_DIR: folder }), {
        log: createLog({ level: 'error', pretty: false, clock: () => new Date(), write: () => {} }),
      });
  });
  afterAll(async () => {
    await server?.close();
    await removeFolder(folder);
  });

  it('site add prints exactly the keys of a site that works', async () => {
    const { code, out, err } = await tl(
      'site',
      'add',
      'Shop',
      '--host',
      'shop.example',
      '--currency',
      'VND',
      '--timezone',
      'Asia/Ho_Chi_Minh',
      '--json',
    );
    expect([code, err]).toEqual([0, '']);
    keys = JSON.parse(out) as SiteKeys;
    expect(out).toBe(`${JSON.stringify(keys)}\n`);
    expect(Object.keys(keys)).toEqual(['site', 'write_key', 'secret_key']);
    const listed = JSON.parse((await tl('site', 'list', '--json')).out) as object[];
    expect(listed).toContainEqual({
      site: keys.site,
      name: 'Shop',
      hosts: ['shop.example'],
      timezone: 'Asia/Ho_Chi_Minh',
      currency: 'VND',
      settings: {},
    });
  });

  it('site add keeps e-mail and phone readable where it is told to, and says what the snippet needs', async () => {
    const { code, out } = await tl('site', 'add', 'Plain', '--plain-identifiers');
    expect(code).toBe(0);
    expect(out).toContain('data-plain="send"');
    const listed = JSON.parse((await tl('site', 'list', '--json')).out) as {
      name: string;
      settings: object;
    }[];
    expect(listed.find(({ name }) => name === 'Plain')!.settings).toEqual({ plain_identifiers: true });
  });

  it.each([
    [['--host', 'https://shop.example/'], 'hosts'],
    [['--currency', 'dong'], 'currency'],
    [['--timezone', 'Mars/Olympus'], 'timezone'],
  ])('site add refuses %j with a sentence that names the field', async (options, field) => {
    const { code, out, err } = await tl('site', 'add', 'Shop', ...options);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(`\`${field}\` must be`);
  });

  it('key add, list and revoke belong together', async () => {
    const made = await tl('key', 'add', '--site', keys.site, '--kind', 'secret', '--json');
    const { id, key } = JSON.parse(made.out) as { id: string; key: string };
    expect(key).toMatch(/^tls_/);
    const ids = async () =>
      (JSON.parse((await tl('key', 'list', '--site', keys.site, '--json')).out) as { id: string }[]).map(
        (listed) => listed.id,
      );
    expect(await ids()).toContain(id);
    expect((await tl('key', 'revoke', id, '--site', keys.site)).code).toBe(0);
    expect(await ids()).not.toContain(id);
    expect((await tl('key', 'revoke', id, '--site', keys.site)).err).toContain('no such key');
  });

  it('import can run twice and counts once, and names refused lines', async () => {
    const file = path.join(folder, 'calls.ndjson');
    await writeFile(
      file,
      [
        '{"type":"page","anonymousId":"v-1","timestamp":"2026-10-01T10:00:00Z","messageId":"m1"}',
        '{"type":"identify","userId":"u1","anonymousId":"v-1","traits":{"email":"an@shop-test.vn"},"timestamp":"2026-10-01T10:05:00Z"}',
        'this is not JSON',
        '{"type":"track","event":"Order Completed","userId":"u1","timestamp":"2026-10-02T10:00:00Z","properties":{"order_id":"o1","total":100}}',
        '{"type":"track","event":"Store Visit","anonymousId":"v-2","timestamp":"2026-10-03T10:00:00Z"}',
      ].join('\n'),
    );
    const wanted = {
      read: 5,
      accepted: 4,
      refused: { malformed: 1 },
      lines: [{ line: 3, reason: 'malformed' }],
    };
    for (let time = 1; time <= 2; time += 1) {
      const { code, out } = await tl('import', file, '--site', keys.site, '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toEqual(wanted);
    }
    const rows = await exported();
    expect(rows.map(({ name }) => name).sort()).toEqual([
      'identify',
      'order_completed',
      'page_viewed',
      'store_visit',
    ]);
    expect(rows.every(({ source }) => source === 'import')).toBe(true);
    const ledger = (
      JSON.parse((await tl('doctor', '--json')).out) as { check: string; detail: string }[]
    ).find(({ check }) => check === `ledger of ${keys.site}`);
    expect(ledger).toMatchObject({ ok: true, detail: expect.stringContaining('4 stored + 4 duplicates') });
    // The key that an import makes for itself is gone afterwards.
    expect(JSON.parse((await tl('key', 'list', '--site', keys.site, '--json')).out)).toHaveLength(2);
  });

  async function exported(): Promise<EventRow[]> {
    const { out } = await tl('export', '--site', keys.site);
    return out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as EventRow);
  }

  it.each([
    ['segment', '{"type":"track","event":"a"}\n{"type":"track","event":"b"}\n', [1, 2]],
    ['csv', 'event,price\na,1\nb,2\n', [2, 3]],
  ])('import of %s reports every line as refused when none can be taken', async (format, text, lines) => {
    const file = path.join(folder, `nobody.${format}`);
    await writeFile(file, text);
    const { code, out, err } = await tl('import', file, '--site', keys.site, '--format', format, '--json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      read: 2,
      accepted: 0,
      refused: { missing_visitor: 2 },
      lines: lines.map((line) => ({ line, reason: 'missing_visitor' })),
    });
  });

  it('import takes CSV with a mapping', async () => {
    const file = path.join(folder, 'visits.csv');
    await writeFile(
      file,
      'Kunde,when,till,note\nu7,2026-10-04T09:00:00Z,12.5,"a,\n b"\nu8,2026-10-04T09:30:00Z,3,\nu9,"never closed\n',
    );
    const { out, err } = await tl(
      'import',
      file,
      ...['--site', keys.site, '--format', 'csv', '--event', 'Store Visit', '--json'],
      ...['--map', 'Kunde=userId', '--map', 'when=timestamp', '--map', 'till=properties.total'],
    );
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      read: 3,
      accepted: 2,
      lines: [{ line: 5, reason: 'malformed' }],
    });
    const visit = (await exported()).find(({ total }) => total === 12.5);
    expect(visit).toMatchObject({
      name: 'store_visit',
      time: '2026-10-04T09:00:00.000Z',
      properties: { note: 'a,\n b' },
    });
  });

  it('site rules are shown, tried and changed', async () => {
    const file = path.join(folder, 'rules.json');
    await writeFile(file, '{"look_back_days": 30}');
    const tried = await tl('site', 'rules', keys.site, '--try', file);
    expect([tried.code, tried.err]).toEqual([0, '']);
    expect(tried.out).toContain('Nothing was changed.');
    const days = async (...more: string[]) =>
      (JSON.parse((await tl('site', 'rules', keys.site, ...more, '--json')).out) as IdentityRules)
        .look_back_days;
    expect(await days()).toBe(90);
    expect(await days('--set', file)).toBe(30);
    await writeFile(file, '{}');
    expect(await days('--set', file)).toBe(90);
    await writeFile(file, '{"look_back_days": "a month"}');
    const wrong = await tl('site', 'rules', keys.site, '--set', file);
    expect([wrong.code, wrong.err]).toEqual([1, '`look_back_days` is a whole number from 0 to 3,660.\n']);
  });

  it('site tag chooses the build of the tag, which the list then shows', async () => {
    const built = async () =>
      (
        JSON.parse((await tl('site', 'list', '--json')).out) as { site: string; settings: { tag?: string } }[]
      ).find(({ site }) => site === keys.site)?.settings.tag;
    expect(await tl('site', 'tag', keys.site, 'core')).toEqual({
      code: 0,
      out: `/t.js?site=${keys.site} is the core build within five minutes; a browser that came in the last day runs the old one for one page more.\n`,
      err: '',
    });
    expect(await built()).toBe('core');
    const pinned = (await tl('site', 'tag', keys.site)).out;
    expect(pinned).toMatch(
      /has the core build\. Pinned, it is \/t\.[0-9a-f]{12}\.js with integrity="sha384-.{64}" crossorigin\.\n$/,
    );
    await tl('site', 'tag', keys.site, 'complete');
    expect(await built()).toBe('complete');
    expect((await tl('site', 'tag', keys.site, 'tiny')).err).toContain('complete, core');
  });

  it('site secret is the same every time, until a new one is asked for', async () => {
    const secret = async (...more: string[]) => (await tl('site', 'secret', keys.site, ...more)).out;
    const first = await secret();
    expect(first).toMatch(/^tlp_[\w-]{43}\n$/);
    expect(await secret()).toBe(first);
    const renewed = await secret('--new');
    expect(renewed).not.toBe(first);
    expect(await secret()).toBe(renewed);
  });

  it('erase takes a person away for good, and only that one', async () => {
    const erase = () => tl('erase', '--site', keys.site, '--identifier', 'email=An@Shop-Test.vn', '--json');
    const { code, out, err } = await erase();
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ events: 3 });
    expect((await exported()).map(({ name }) => name)).toEqual(
      expect.not.arrayContaining(['identify', 'page_viewed', 'order_completed']),
    );
    expect((await exported()).length).toBe(3);
    expect(await erase()).toEqual({
      code: 1,
      out: '',
      err: '{"error":{"code":"unknown_person","message":"Nobody here is known by that; nothing was erased.","at":""}}\n',
    });
    expect(await tl('erase', 'nosuch', '--site', keys.site)).toEqual({
      code: 1,
      out: '',
      err: 'Nobody here is known by that; nothing was erased.\n',
    });
    // Sent again, what was erased stays away.
    await tl('import', path.join(folder, 'calls.ndjson'), '--site', keys.site);
    expect((await exported()).length).toBe(3);
  });

  it('doctor tells what became of one event, and that there are no dead letters', async () => {
    const calls = path.join(folder, 'one-call.ndjson');
    await writeFile(
      calls,
      `${JSON.stringify({ type: 'track', event: 'x', messageId: 'traced', userId: 'u1', timestamp: '2026-11-01T00:00:00Z' })}\n`,
    );
    await tl('import', calls, '--site', keys.site, '--format', 'segment');
    const told = await tl('doctor', '--message', 'traced', '--site', keys.site, '--json');
    expect(JSON.parse(told.out)).toMatchObject({
      event_id: 'traced',
      outcome: 'stored',
      stored: { name: 'x' },
    });
    expect((await tl('doctor', '--message', 'never', '--site', keys.site)).out).toMatch(/never is not known/);
    expect((await tl('doctor', '--message', 'never')).err).toMatch(/needs --site/);
    expect((await tl('doctor', '--dead-letters')).out).toBe('No dead letters.\n');
    expect(JSON.parse((await tl('doctor', '--replay', '--json')).out)).toEqual({
      stored: 0,
      duplicates: 0,
      still_refused: 0,
      links_stored: 0,
      links_refused: 0,
    });
    const file = path.join(folder, 'letters.ndjson');
    expect((await tl('doctor', '--export', file)).out).toBe(`Wrote 0 events to ${file}.\n`);
    expect((await tl('doctor', '--export', path.join(folder, 'no', 'such', 'folder'))).err).toMatch(
      /cannot be written/,
    );
  });

  it('doctor says how many sites there are', async () => {
    const { code, out } = await tl('doctor');
    expect(code).toBe(0);
    expect(out).toContain(server === undefined ? 'embedded engine, 2 sites\n' : 'embedded engine, 3 sites\n');
  });

  it('sign-in prints a one-time link', async () => {
    const { code, out, err } = await tl('sign-in', '--json');
    if (server === undefined) {
      expect(err).toContain('PORT is 0');
      return;
    }
    expect(code).toBe(0);
    expect((JSON.parse(out) as { url: string }).url).toMatch(new RegExp(`^${server.url}/sign-in#tli_`));
  });

  it('an unknown site is told apart', async () => {
    for (const argv of [
      ['import', path.join(folder, 'calls.ndjson')],
      ['export'],
      ['key', 'list'],
      ['erase', 'p_1'],
    ]) {
      const { code, err } = await tl(...argv, '--site', 'nowhere');
      expect([code, err]).toEqual([
        1,
        'There is no such site; `npx throughline site list` shows those there are.\n',
      ]);
    }
  });

  it('simulate fills a site, the same from the same seed', async () => {
    const argv = ['--seed', '7', '--days', '5', '--people', '20', '--json'];
    const before = (await exported()).length;
    const { code, out } = await tl('simulate', '--site', keys.site, ...argv);
    expect(code).toBe(0);
    const { events } = JSON.parse(out) as { events: number };
    expect((await exported()).length).toBe(before + events);
    await tl('simulate', '--site', keys.site, ...argv);
    expect((await exported()).length).toBe(before + events);
  });
});
