import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Supervisor } from '../engine/engine.ts';
import { noLog } from '../log.ts';
import { inPackage } from '../place.ts';

/**
 * An embedded engine on a fresh folder that reads `config` (XML) as a ClickHouse server reads its configuration, with
 * these variables in its environment. `after` removes the folder.
 */
export async function configuredEngine(
  config: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ engine: Supervisor; after(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-configured-'));
  await writeFile(path.join(folder, 'config.xml'), config);
  const file = path.join(folder, 'engine.mjs');
  const engine = pathToFileURL(inPackage('dist', 'engine.mjs')).href;
  // The engine reads config.xml of the folder it is started in.
  await writeFile(
    file,
    `process.chdir(${JSON.stringify(folder)});
Object.assign(process.env, ${JSON.stringify(environment)});
await import(${JSON.stringify(engine)});
`,
  );
  return {
    engine: await Supervisor.start({ data_dir: path.join(folder, 'data'), file, log: noLog }),
    after: () => rm(folder, { recursive: true, force: true }),
  };
}
