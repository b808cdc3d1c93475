// `npm run bench` runs every bench; `npm run bench -- intake`, `-- funnel` or `-- growth` one of them.
import { spawnSync } from 'node:child_process';

const BENCHES = {
  intake: 'test/bench/intake.mjs',
  funnel: 'test/output/bench-funnel.mjs',
  growth: 'test/output/bench-growth.mjs',
};

const [chosen, ...rest] = process.argv.slice(2);
const build = (env) =>
  spawnSync('npx', ['rollup', '--config', 'rollup.config.mjs', '--silent'], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
if (build({}).status !== 0 || build({ BENCH: '1' }).status !== 0) process.exit(1);
for (const file of Object.hasOwn(BENCHES, chosen ?? '') ? [BENCHES[chosen]] : Object.values(BENCHES)) {
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
