import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../client.ts';
import { noLog } from '../log.ts';
import { inPackage } from '../place.ts';
import { Supervisor } from './engine.ts';

let folder: string;
const engines: Supervisor[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-engine-'));
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: { data_dir?: string; file?: string; log?: typeof noLog } = {}) {
  const engine = await Supervisor.start({ data_dir: folder, log: noLog, ...options });
  engines.push(engine);
  return engine;
}

test('a killed engine is started again, and what was inserted is there', async () => {
  const told: string[] = [];
  const engine = await start({ log: { ...noLog, error: (message) => told.push(message) } });
  const before = { endpoint: await engine.endpoint(), pid: engine.pid };
  const client = clientOf(before.endpoint, 'default');
  await client.command({ query: 'CREATE DATABASE d ENGINE = Atomic' });
  await client.command({ query: 'CREATE TABLE d.t (n UInt64) ENGINE = MergeTree ORDER BY n' });
  await client.insert({ table: 'd.t', values: [{ n: 7 }], format: 'JSONEachRow' });
  await client.close();

  await engine.kill();
  const again = clientOf(await engine.endpointAfter(before.endpoint), 'default');
  const result = await again.query({ query: 'SELECT n FROM d.t', format: 'JSONCompactEachRow' });
  expect(await result.json()).toEqual([[7]]);
  await again.close();
  expect(engine.pid).not.toBe(before.pid);
  expect(told).toEqual(['The embedded engine was ended by SIGKILL; starting it again.']);
});

test('a second process on the same folder gets a plain refusal', async () => {
  await start();
  await expect(start()).rejects.toThrow(
    `The data folder ${folder} is in use by another process. Stop that one, or set DATA_DIR to another folder.`,
  );
});

test('a stopped engine leaves the folder to the next one', async () => {
  const first = await start();
  await first.stop();
  await expect(first.endpoint()).rejects.toThrow('The store is closed.');
  expect((await start()).pid).toBeGreaterThan(0);
});

test('a folder that cannot be made is named', async () => {
  await writeFile(path.join(folder, 'file'), '');
  const data_dir = path.join(folder, 'file', 'data');
  await expect(start({ data_dir })).rejects.toThrow(`The data folder ${data_dir} cannot be made (ENOTDIR).`);
});

test('an engine that is not built says how to build it', async () => {
  const file = path.join(folder, 'missing.mjs');
  await expect(start({ file })).rejects.toThrow('The embedded engine is not built. Run npm run build.');
});

test('an engine that dies while starting is told with what it said last', async () => {
  const file = path.join(folder, 'broken.mjs');
  await writeFile(file, "process.stderr.write('Disk on fire.\\n'); process.exitCode = 3;");
  await expect(start({ file })).rejects.toThrow(
    /could not open .*: Disk on fire\. Check the folder's permissions/,
  );
});

test('an engine whose package does not load points to CLICKHOUSE_URL', async () => {
  const file = path.join(folder, 'missing-chdb.mjs');
  const message = { did: 'fail', why: 'chdb_missing', detail: 'Cannot find package chdb' };
  await writeFile(file, `process.send(${JSON.stringify(message)}); process.disconnect();`);
  await expect(start({ file })).rejects.toThrow(/chdb does not load .*Set CLICKHOUSE_URL/);
});

test('the engine of a killed process leaves the folder to the next one', async () => {
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', PARENT, ENGINE, folder]);
  await once(parent.stdout, 'data');
  await expect(start()).rejects.toThrow('is in use by another process');
  parent.kill('SIGKILL');
  await expect.poll(() => start().then((engine) => engine.pid), { timeout: 10_000 }).toBeGreaterThan(0);
});

const ENGINE = inPackage('dist', 'engine.mjs');
const PARENT = `
  import { spawn } from 'node:child_process';
  const [engine, data_dir] = process.argv.slice(1);
  const child = spawn(process.execPath, [engine], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.once('message', (message) => console.log(message));
  child.send({ do: 'open', data_dir, user: 'u', password: 'p' });`;
