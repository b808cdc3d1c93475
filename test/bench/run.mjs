// `npm run bench` runs every bench; `npm run bench -- intake`, `-- funnel` or `-- tag` one of them.
import { spawnSync } from 'node:child_process';

const names = ['intake', 'funnel', 'tag'];
const [chosen, ...rest] = process.argv.slice(2);
const build = (env) =>
  spawnSync('npx', ['rollup', '--config', 'rollup.config.mjs', '--silent'], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
if (build({}).status !== 0 || build({ BENCH: '1' }).status !== 0) process.exit(1);
for (const name of names.includes(chosen) ? [chosen] : names) {
  const file = name === 'funnel' ? 'test/output/bench-funnel.mjs' : `test/bench/${name}.mjs`;
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
