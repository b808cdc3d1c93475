import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cli } from './cli.ts';
import type { Config } from './config.ts';
import { makeWritable } from './make-folder.ts';
import { PlainError } from './plain-error.ts';
import { findServer } from './running-server.ts';
import { type RunningThroughline, type StartOptions, startServer } from './serve.ts';
import { DEMO_SIZE, load, simulate, writeTruth } from './simulate/index.ts';

const SHOP = { name: 'Cà phê Sông Xanh', timezone: 'Asia/Ho_Chi_Minh', currency: 'VND' };
/** Marks a folder as ours to empty. */
const MARK = '.throughline-demo';
const DAY_MS = 24 * 60 * 60 * 1000;

export interface DemoOptions extends StartOptions {
  folder: string;
  size?: { seed: number; days: number; people: number };
}

/** Starts on a throw-away data folder and loads months of simulated history through the public API. */
export async function startDemo(cli: Cli, config: Config, options: DemoOptions): Promise<RunningThroughline> {
  const { folder, size = DEMO_SIZE, ...start } = options;
  const data_dir = path.resolve(folder);
  await emptyFolder(data_dir);
  const demoConfig = { ...config, data_dir, ...throwAwayDatabase(config, cli) };
  const server = await startServer(demoConfig, { ...start, first_site: SHOP });
  try {
    await fill(cli, server, { ...size, data_dir });
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

interface Filling {
  seed: number;
  days: number;
  people: number;
  data_dir: string;
}

async function fill(cli: Cli, server: RunningThroughline, { data_dir, ...size }: Filling): Promise<void> {
  const began = cli.effects.clock().getTime();
  const start = new Date(began - size.days * DAY_MS).toISOString().slice(0, 10);
  const { calls, count, truth } = simulate({ ...size, ...SHOP, start });
  const say = (text: string) => cli.err(cli.terminal ? `\r${text}` : `${text}\n`);
  say(`Loading ${count.toLocaleString('en')} simulated events…`);
  await load(calls, {
    base: server.url,
    write_key: server.keys!.write_key,
    onProgress: (sent) => {
      if (cli.terminal)
        say(`Loading ${count.toLocaleString('en')} simulated events… ${Math.floor((100 * sent) / count)} %`);
    },
  });
  await server.settled();
  const file = path.join(data_dir, 'truth.json');
  await writeTruth(file, truth);
  const seconds = Math.round((cli.effects.clock().getTime() - began) / 1000);
  cli.err(
    `${cli.terminal ? '\r' : ''}Loaded ${count.toLocaleString('en')} simulated events in ${seconds} s; what really happened: ${file}\n`,
  );
}

/** On a server, a database of its own; the embedded engine lives in the folder. */
function throwAwayDatabase({ clickhouse }: Config, { effects }: Cli): Pick<Config, 'clickhouse'> {
  if (clickhouse === undefined) return {};
  const mark = Buffer.from(effects.random(4)).toString('hex');
  return { clickhouse: { ...clickhouse, database: `${clickhouse.database}_demo_${mark}` } };
}

/** Empties the folder of an earlier demo. Throws `PlainError` when it holds something else, or a demo still runs there. */
async function emptyFolder(folder: string): Promise<void> {
  await makeWritable(folder, 'name another one with --demo FOLDER');
  const running = await findServer(folder);
  if (running !== undefined)
    throw new PlainError(`A demo is running at ${running.url} on ${folder}; stop it first.`);
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(MARK))
    throw new PlainError(
      `${folder} holds something that is not a demo; name another folder with --demo FOLDER.`,
    );
  for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true });
  await writeFile(path.join(folder, MARK), '');
}
