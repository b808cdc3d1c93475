// Firefox over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), as Debian's firefox-esr speaks it itself.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { OtherBrowser } from './other-browser.ts';

const PATHS = [process.env['FIREFOX_PATH'] ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'];

export const findFirefox = (): string | undefined => PATHS.find((file) => file !== '' && existsSync(file));

export async function launchFirefox(file: string): Promise<OtherBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'throughline-firefox-'));
  const child = spawn(file, [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port',
    '0',
  ]);
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part;
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said);
      if (found) resolve(`${found[1]}/session`);
    });
    child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  socket.on('message', (data) => {
    const { id, result, error, message } = JSON.parse(String(data));
    if (error) waiting.get(id)?.reject(new Error(`${error}: ${message}`));
    else waiting.get(id)?.resolve(result as never);
    waiting.delete(id);
  });
  let asked = 0;
  const command = <Result>(method: string, params: object): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      socket.send(JSON.stringify({ id: asked, method, params }));
    });
  await command('session.new', { capabilities: {} });
  const { context } = await command<{ context: string }>('browsingContext.create', { type: 'tab' });
  return {
    open: (url) => command('browsingContext.navigate', { context, url, wait: 'complete' }),
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await command<{
        result?: { value: unknown };
        exceptionDetails?: { text: string };
      }>('script.evaluate', { expression, target: { context }, awaitPromise: true, userActivation: true });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return result?.value;
    },
    async close() {
      await command('browser.close', {}).catch(() => undefined);
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
