import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from './testing.ts';

/** What the build made, as bin/throughline.mjs runs it, without building it again. */
const PROGRAM = `
  process.argv.splice(1, 0, 'throughline');
  const { run } = await import('./packages/throughline/dist/main.mjs');
  await run();
`;

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

const start = (...argv: string[]) =>
  spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM, ...argv], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Reads until `text` has come; fails when the program ends before. */
async function printed(child: ChildProcess, text: string): Promise<string> {
  let out = '';
  for await (const chunk of child.stdout!) {
    out += chunk;
    if (out.includes(text)) return out;
  }
  throw new Error(`ended without printing ${text}: ${out}`);
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s drains and ends with status 0 within ten seconds',
  async (signal) => {
    const child = start('start');
    const out = await printed(child, 'Ctrl+C');
    const [, url, site] = /src="(.*)\/t\.js" data-site="(\w+)"/.exec(out)!;
    const id = 'evt-before-the-signal';
    const at = Date.now();
    const accepted = await fetch(`${url}/e`, {
      method: 'POST',
      body: JSON.stringify({
        site,
        visitor: 'visitor-1',
        sent_at: at,
        events: [{ id, name: 'page_viewed', at, seq: 1, session: `${at.toString(36)}.abc` }],
      }),
    });
    expect(accepted.ok).toBe(true);
    const asked = Date.now();
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);

    const exporting = start('export', '--site', site!);
    expect(await printed(exporting, '\n')).toContain(id);
    await once(exporting, 'exit');
  },
  120_000,
);
