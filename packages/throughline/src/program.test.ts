import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { createProgram } from './program.ts';
import { removeFolder, runCommand, temporaryFolder, testCli } from './testing.ts';

/** `site add`, `key list`, … */
const commandLines = createProgram(testCli({})).commands.flatMap((command) =>
  command.commands.length === 0
    ? [[command.name()]]
    : command.commands.map((child) => [command.name(), child.name()]),
);

describe('every command', () => {
  it('is there', () => {
    expect(commandLines.map((words) => words.join(' '))).toEqual([
      'start',
      'site add',
      'site list',
      'site rules',
      'site tag',
      'site secret',
      'key add',
      'key list',
      'key revoke',
      'webhook add',
      'webhook list',
      'webhook remove',
      'sign-in',
      'import',
      'export',
      'erase',
      'simulate',
      'migrate',
      'doctor',
    ]);
  });

  it.each(commandLines.map((words) => [words.join(' '), words] as const))(
    '%s has --help, which ends well, and --json',
    async (name, words) => {
      const { code, out } = await runCommand({}, ...words, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Usage: throughline ${name}`);
      expect(out).toContain('--json');
      expect(out).toContain('{"error":{"code","message","at"}}');
    },
  );
});

it('start --help names every variable that is read, and what is not supported', async () => {
  const { out } = await runCommand({}, 'start', '--help');
  const names: string[] = [];
  readConfig(
    new Proxy({ CLICKHOUSE_URL: 'http://127.0.0.1:1' } as Record<string, string | undefined>, {
      get(values, name: string) {
        names.push(name);
        return values[name];
      },
    }),
  );
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !out.includes(name))).toEqual([]);
  expect(out).toContain('CLICKHOUSE_CLUSTER    a cluster of that server');
});

it.each([
  [['nonsense'], "unknown command 'nonsense'"],
  [['site', 'add'], "missing required argument 'name'"],
  [['key', 'add', '--site', 'x', '--kind', 'admin'], 'Allowed choices are write, secret'],
  [['import', 'file'], "required option '--site <site>' not specified"],
  [['import', 'file', '--site', 'x', '--map', 'oops'], 'write it as column=field'],
  [['erase', '--site', 'x'], 'name one person'],
  [['simulate'], 'say where to'],
  [['simulate', '--out', 'x', '--days', 'many'], 'it must be a whole number'],
])('%j is refused with what is wrong', async (argv, sentence) => {
  const { code, err, out } = await runCommand({}, ...argv);
  expect(code).toBe(1);
  expect(err).toContain(sentence);
  expect(out).toBe('');
});

it.each([
  [['site', 'add', '--json'], 'usage', "missing required argument 'name'"],
  [['nonsense', '--json'], 'usage', "unknown command 'nonsense'"],
  [['erase', '--site', 'x', '--json'], 'usage', 'name one person, by id or by --identifier.'],
  [['site', 'list', '--json'], 'failed', 'PORT is "eighty"; it must be a whole number from 0 to 65535.'],
])('%j tells what is wrong as one line of JSON on stderr', async (argv, code, message) => {
  const ran = await runCommand({ PORT: 'eighty' }, ...argv);
  expect([ran.code, ran.out]).toEqual([1, '']);
  expect(ran.err).toBe(`${JSON.stringify({ error: { code, message, at: '' } })}\n`);
});

it('tells a bad environment in one line', async () => {
  const { code, err } = await runCommand({ PORT: 'eighty' }, 'start');
  expect(code).toBe(1);
  expect(err).toBe('PORT is "eighty"; it must be a whole number from 0 to 65535.\n');
});

it('tells an unreachable CLICKHOUSE_URL in one line', async () => {
  const folder = await temporaryFolder();
  const environment = { PORT: '0', CLICKHOUSE_URL: 'http://127.0.0.1:1', DATA_DIR: folder };
  const { code, err } = await runCommand(environment, 'site', 'list');
  await removeFolder(folder);
  expect(code).toBe(1);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(err).toContain('CLICKHOUSE_URL');
});
