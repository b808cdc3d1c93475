import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Site } from '@throughline/contract';
import { Command, InvalidArgumentError } from 'commander';
import { type Cli, print } from '../cli.ts';
import { connected } from '../connect.ts';
import { counted } from '../counted.ts';
import { PlainError } from '../plain-error.ts';
import { settled } from '../settle.ts';
import { load, type SimulateOptions, simulate, writeTruth } from '../simulate/index.ts';

interface Options {
  site?: string;
  out?: string;
  truth?: string;
  seed: number;
  days: number;
  people: number;
  start: string;
  json?: boolean;
}

const HALF_YEAR_DAYS = 183;

export function simulateCommand(cli: Cli): Command {
  const start = new Date(cli.effects.clock().getTime() - HALF_YEAR_DAYS * 86_400_000)
    .toISOString()
    .slice(0, 10);
  return new Command('simulate')
    .description('make believable shop history from a seed, into a site or a file')
    .option('--site <site>', 'load it into this site')
    .option('--out <file>', 'write the calls to this file as NDJSON, for `import`')
    .option('--truth <file>', 'write what really happened to this file')
    .option('--seed <number>', 'the same seed makes the same history', whole, 1)
    .option('--days <number>', 'how long it goes', whole, HALF_YEAR_DAYS)
    .option('--people <number>', 'how many people come', whole, 1_000)
    .option('--start <date>', 'first day', start)
    .option('--json', 'print JSON')
    .action(async (options: Options, command: Command) => {
      if ((options.site === undefined) === (options.out === undefined))
        command.error('error: say where to, with --site or --out.');
      const count =
        options.site === undefined ? await toFile(options) : await toSite(cli, options, options.site);
      print(cli, options.json, { events: count }, () => `Made ${counted(count, 'event')}.`);
    });
}

async function toFile(options: Options): Promise<number> {
  const simulation = make(options, { timezone: 'Asia/Ho_Chi_Minh', currency: 'VND' });
  const file = createWriteStream(options.out!);
  for (const call of simulation.calls)
    if (!file.write(`${JSON.stringify(call)}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  if (options.truth !== undefined) await writeTruth(options.truth, simulation.truth);
  return simulation.count;
}

const toSite = (cli: Cli, options: Options, key: string): Promise<number> =>
  connected(cli, async ({ api, fetch, base }) => {
    const { sites } = await api<{ sites: Site[] }>('GET', '/api/sites');
    const site = sites.find(({ site }) => site === key);
    if (site === undefined)
      throw new PlainError('There is no such site; `npx throughline site list` shows those there are.');
    const simulation = make(options, site);
    const keys = `/api/sites/${encodeURIComponent(key)}/keys`;
    const made = await api<{ key: string; id: string }>('POST', keys, { kind: 'write' });
    try {
      await load(simulation.calls, { base, fetch, write_key: made.key });
      await settled(api, key);
    } finally {
      await api('DELETE', `${keys}/${made.id}`);
    }
    if (options.truth !== undefined) await writeTruth(options.truth, simulation.truth);
    return simulation.count;
  });

const make = (
  { seed, days, people, start }: Options,
  { timezone, currency }: Pick<SimulateOptions, 'timezone' | 'currency'>,
) => simulate({ seed, days, people, start, timezone, currency });

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('it must be a whole number.');
  return Number(text);
}
