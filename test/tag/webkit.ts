// WebKitGTK over its own WebDriver (Debian's webkit2gtk-driver), on a screen of Xvfb's.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Launch } from './any-browser.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const PORT = 4_951;
/** Of the driver, page loads included. */
const ANSWER_MS = 20_000;

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

/** What WebDriver calls an element's id in its answers: https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

interface Value {
  error?: string;
  message?: string;
  sessionId?: string;
  handle?: string;
  [ELEMENT]?: string;
}

export const launchWebKit: Launch = async (file, proxy) => {
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
  for (let tries = 0; ; tries++) {
    const ready = await ask('GET', '/status').catch(() => undefined);
    if (ready) break;
    if (tries === 50) throw new Error('WebKitWebDriver does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const options = { binary: file, args: ['--automation'] };
  const { sessionId } = await ask('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        proxy: { proxyType: 'manual', httpProxy: new URL(proxy).host },
        'webkitgtk:browserOptions': options,
      },
    },
  });
  const session = `/session/${sessionId}`;
  let first = '';
  const post = (at: string, body: object = {}) => ask('POST', session + at, body);
  const open = (url: string) => post('/url', { url });
  const find = async (selector: string) => {
    const found = await post('/element', { using: 'css selector', value: selector });
    return found[ELEMENT]!;
  };
  return {
    // A session anew would keep nothing either, and hangs now and then.
    async fresh(blanks) {
      for (const url of blanks) {
        await open(url);
        await post('/execute/sync', { script: 'localStorage.clear(), sessionStorage.clear()', args: [] });
        await ask('DELETE', `${session}/cookie`);
      }
    },
    open,
    evaluate: (expression) =>
      post('/execute/async', {
        script: `const [done] = arguments; Promise.resolve(${expression}).then(done, (error) => done(String(error)));`,
        args: [],
      }),
    async click(selector, times = 1) {
      const id = await find(selector);
      if (times === 1) return post(`/element/${id}/click`);
      const press = [
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      const move = { type: 'pointerMove', x: 0, y: 0, origin: { [ELEMENT]: id } };
      const actions = [move, ...Array(times).fill(press).flat()];
      return post('/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    type: async (selector, text) => post(`/element/${await find(selector)}/value`, { text }),
    async openTab(url) {
      first = String(await ask('GET', `${session}/window`));
      const { handle } = await post('/window/new', { type: 'tab' });
      await post('/window', { handle });
      await open(url);
    },
    async closeTab() {
      await ask('DELETE', `${session}/window`);
      await post('/window', { handle: first });
    },
    async close() {
      await ask('DELETE', session).catch(() => undefined);
      for (const child of children.reverse()) child.kill();
    },
  };
};

async function ask(method: string, at: string, body?: object): Promise<Value> {
  const response = await fetch(`http://127.0.0.1:${PORT}${at}`, {
    method,
    signal: AbortSignal.timeout(ANSWER_MS),
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  const { value } = (await response.json()) as { value: Value };
  if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}
