// `npm run bench` runs every bench; `npm run bench -- intake`, `-- funnel`, `-- growth`, `-- memory`, `-- seen`, `-- tag` or `-- identity` one of
// them, and `-- identity accuracy`, `speed` or `login` one part of it.
import { spawnSync } from 'node:child_process';

const BENCHES = {
  intake: ['test/bench/intake.mjs'],
  funnel: ['test/output/bench-funnel.mjs'],
  growth: ['test/output/bench-growth.mjs'],
  memory: ['test/output/bench-memory.mjs'],
  identity: ['accuracy', 'speed', 'login'].map((part) => `test/output/bench-identity-${part}.mjs`),
  seen: ['test/output/bench-seen.mjs'],
  tag: ['test/bench/tag.mjs'],
};

const [chosen, ...rest] = process.argv.slice(2);
const build = (env) =>
  spawnSync('npx', ['rollup', '--config', 'rollup.config.mjs', '--silent'], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
if (build({}).status !== 0 || build({ BENCH: '1' }).status !== 0) process.exit(1);
const files = Object.hasOwn(BENCHES, chosen ?? '') ? BENCHES[chosen] : Object.values(BENCHES).flat();
const parts = files.filter((file) => rest.some((part) => file.endsWith(`-${part}.mjs`)));
for (const file of parts.length > 0 ? parts : files) {
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
