import type { LedgerView, Site, SpoolView } from '@throughline/contract';
import { StoreError } from '@throughline/store';
import { Command } from 'commander';
import { type Cli, print } from '../cli.ts';
import { type Config, readConfig } from '../config.ts';
import { connected } from '../connect.ts';
import { counted } from '../counted.ts';
import { makeWritable } from '../make-folder.ts';
import { PlainError } from '../plain-error.ts';
import { exportLetters, replayLetters, showLetters, tellMessage } from './doctor-letters.ts';

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

interface Options {
  deadLetters?: boolean;
  replay?: boolean;
  export?: string;
  message?: string;
  site?: string;
  json?: boolean;
}

export function doctorCommand(cli: Cli): Command {
  return new Command('doctor')
    .description('look whether everything that Throughline needs is there and adds up')
    .option('--dead-letters', 'show the events that the store refused, with the reason')
    .option('--replay', 'send the dead letters to the store once more')
    .option('--export <file>', 'write the dead letters to a file, one JSON object a line')
    .option('--message <id>', 'tell what became of one event, by the id that its sender gave it')
    .option('--site <site>', 'the site of --message')
    .option('--json', 'print JSON')
    .action(async (options: Options, command: Command) => {
      if (options.message !== undefined) {
        if (options.site === undefined) command.error('error: --message needs --site.');
        await tellMessage(cli, { ...options, message: options.message, site: options.site! });
      } else if (options.replay) await replayLetters(cli, options);
      else if (options.export !== undefined) await exportLetters(cli, { ...options, export: options.export });
      else if (options.deadLetters) await showLetters(cli, options);
      else await checkUp(cli, options);
    });
}

async function checkUp(cli: Cli, { json }: Options): Promise<void> {
  const findings = await examine(cli);
  print(cli, json, findings, () =>
    findings.map(({ check, ok, detail }) => `${ok ? 'ok  ' : 'FAIL'}  ${check}: ${detail}`).join('\n'),
  );
  if (findings.some(({ ok }) => !ok)) throw new PlainError('Not everything is well; see above.');
}

/** The checks in the order in which they build on each other. */
async function examine(cli: Cli): Promise<Finding[]> {
  const node = finding('node', Number(process.versions.node.split('.')[0]) >= 20, process.versions.node);
  let config: Config;
  try {
    config = readConfig(cli.environment);
  } catch (error) {
    return [node, finding('environment', false, sentence(error))];
  }
  const folder = await writable(config.data_dir);
  if (!folder.ok) return [node, folder];
  return [node, folder, ...(await store(cli))];
}

async function writable(folder: string): Promise<Finding> {
  try {
    await makeWritable(folder);
    return finding('data folder', true, folder);
  } catch (error) {
    return finding('data folder', false, sentence(error));
  }
}

async function store(cli: Cli): Promise<Finding[]> {
  try {
    return await connected(cli, async ({ api, running, config }) => {
      const listed = await api<{ sites: Site[] }>('GET', '/api/sites').catch((error: unknown) => {
        if (running && error instanceof PlainError) return error;
        throw error;
      });
      if (listed instanceof PlainError)
        return [
          finding('server', true, 'runs'),
          finding('store', false, listed.message),
          ...spoolFindings(await api<SpoolView>('GET', '/api/spool')),
        ];
      const { sites } = listed;
      const { clickhouse } = config;
      const cluster = clickhouse?.cluster ? `, cluster ${clickhouse.cluster}` : '';
      const kind = clickhouse === undefined ? 'embedded engine' : `ClickHouse server${cluster}`;
      const ledgers: Finding[] = [];
      for (const { site } of sites)
        ledgers.push(
          ledger(site, await api<LedgerView>('GET', `/api/sites/${encodeURIComponent(site)}/ledger`)),
        );
      return [
        finding('server', true, running ? 'runs' : 'does not run; the store was opened by this command'),
        finding('store', true, `${kind}, ${counted(sites.length, 'site')}`),
        ...spoolFindings(await api<SpoolView>('GET', '/api/spool')),
        ...ledgers,
      ];
    });
  } catch (error) {
    return [finding('store', false, sentence(error))];
  }
}

function spoolFindings({ segments, bytes, room, damaged, missing, dead_letters }: SpoolView): Finding[] {
  const mega = (bytes / 1024 ** 2).toFixed(1);
  return [
    finding('spool', room > 0, `${counted(segments, 'segment')} waiting, ${mega} MB`),
    finding(
      'spool files',
      damaged.length === 0 && missing.length === 0,
      damaged.length + missing.length === 0
        ? 'all sound, none missing'
        : `${counted(damaged.length, 'damaged file')} set aside in DATA_DIR/spool, ${counted(missing.length, 'segment')} missing: ${[...damaged.map(({ file }) => file), ...missing].join(', ')}`,
    ),
    finding(
      'dead letters',
      dead_letters === 0,
      dead_letters === 0
        ? 'none'
        : `${counted(dead_letters, 'letter')} of what the store refused; see doctor --dead-letters, then --replay`,
    ),
  ];
}

function ledger(site: string, { received, stored, duplicates, refused, waiting }: LedgerView): Finding {
  const dropped = Object.values(refused).reduce((sum, count) => sum + count, 0);
  return finding(
    `ledger of ${site}`,
    received === stored + duplicates + dropped + waiting,
    `${received} received = ${stored} stored + ${duplicates} duplicates + ${dropped} refused + ${waiting} waiting`,
  );
}

const finding = (check: string, ok: boolean, detail: string): Finding => ({ check, ok, detail });

/** What the operator can mend is a finding; anything else is a bug and goes on up. */
function sentence(error: unknown): string {
  if (error instanceof PlainError || error instanceof StoreError) return error.message;
  throw error;
}
