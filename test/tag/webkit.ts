// WebKitGTK over its own WebDriver (Debian's webkit2gtk-driver), on a screen of Xvfb's.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { OtherBrowser } from './other-browser.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const PORT = 4_951;

const miniBrowser = () =>
  existsSync(LIBRARIES)
    ? readdirSync(LIBRARIES)
        .filter((name) => name.startsWith('webkit2gtk-'))
        .map((name) => path.join(LIBRARIES, name, 'MiniBrowser'))
        .find(existsSync)
    : undefined;

/** The browser, when its driver and a screen are there as well. */
export const findWebKit = (): string | undefined =>
  existsSync(DRIVER) && existsSync(SCREEN) ? miniBrowser() : undefined;

export async function launchWebKit(file: string): Promise<OtherBrowser> {
  const children: ChildProcess[] = [];
  const screen = spawn(SCREEN, ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(screen);
  const display = await new Promise<string>((resolve, reject) => {
    screen.stdio[3]!.once('data', (part: Buffer) => resolve(`:${String(part).trim()}`));
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  children.push(
    spawn(DRIVER, [`--port=${PORT}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    }),
  );
  const ask = async (method: string, at: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${PORT}${at}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const { value } = (await response.json()) as {
      value: { error?: string; message?: string; sessionId?: string };
    };
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; ; tries++) {
    const ready = await ask('GET', '/status').catch(() => undefined);
    if (ready) break;
    if (tries === 50) throw new Error('WebKitWebDriver does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const options = { binary: file, args: ['--automation'] };
  const { sessionId } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  const session = `/session/${sessionId}`;
  return {
    open: (url) => ask('POST', `${session}/url`, { url }),
    evaluate: (expression) =>
      ask('POST', `${session}/execute/async`, {
        script: `const [done] = arguments; Promise.resolve(${expression}).then(done, (error) => done(String(error)));`,
        args: [],
      }),
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      for (const child of children.reverse()) child.kill();
    },
  };
}
