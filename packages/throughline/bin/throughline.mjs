#!/usr/bin/env node
// Builds what is missing or older than its sources, then runs the command. Plain JavaScript, because nothing is
// built yet when it runs for the first time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NODE_MAJOR_MIN = 20;

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..', '..', '..');
const config = path.join(root, 'rollup.config.mjs');
const main = path.join(here, '..', 'dist', 'main.mjs');
const built = [
  'tag/dist/core.js',
  'tag/dist/complete.js',
  'store/dist/engine.mjs',
  'dashboard/dist/index.html',
  'throughline/dist/built',
].map((file) => path.join(root, 'packages', file));

let building = false;

function stop(sentence) {
  if (building) rmSync(lock, { recursive: true, force: true });
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Newest change below a folder, tests and what was built left out. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && entry.name !== 'dist') time = Math.max(time, newest(full));
    } else if (!/\.test\.tsx?$/.test(entry.name)) time = Math.max(time, statSync(full).mtimeMs);
  }
  return time;
}

function upToDate() {
  if (!built.every((file) => existsSync(file))) return false;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  const sources = readdirSync(path.join(root, 'packages'))
    .map((name) => path.join(root, 'packages', name, 'src'))
    .filter((folder) => existsSync(folder));
  return [...sources.map(newest), statSync(config).mtimeMs].every((time) => time <= oldest);
}

/** One build at a time: a second command waits for it and then looks again. A lock older than this was left behind. */
const BUILD_MS_MAX = 5 * 60_000;
const lock = path.join(here, '..', '.building');

function takeLock() {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > BUILD_MS_MAX) rmSync(lock, { recursive: true, force: true });
  return false;
}

async function buildWhenNeeded() {
  while (!upToDate()) {
    if (!takeLock()) {
      await delay(200);
      continue;
    }
    building = true;
    try {
      if (!upToDate()) build();
      return;
    } finally {
      building = false;
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

function build() {
  const require = createRequire(import.meta.url);
  let rollup;
  try {
    rollup = path.join(path.dirname(require.resolve('rollup/package.json')), 'dist', 'bin', 'rollup');
  } catch {
    stop(
      'Throughline is not built, and what builds it is not installed; run `npm ci` and then `npm run build`.',
    );
  }
  process.stderr.write('Building…\n');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [rollup, '--config', 'rollup.config.mjs', '--silent'],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0)
    stop(`The build failed; \`npm run build\` shows it in full.\n${`${stdout}${stderr}`.slice(-2000)}`);
}

if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN)
  stop(`Throughline needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.versions.node}.`);
// An installed package comes built and has nothing to build from.
if (existsSync(config)) await buildWhenNeeded();

const { run } = await import(pathToFileURL(main).href);
await run();
