// Firefox over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), as Debian's firefox-esr speaks it itself.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { AnyBrowser } from './any-browser.ts';

const PATHS = [process.env['FIREFOX_PATH'] ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'];

export const findFirefox = (): string | undefined => PATHS.find((file) => file !== '' && existsSync(file));

/** Of a command; a browser that has nothing to say of one would otherwise be a test that ran out of time, somewhere. */
const PATIENCE_MS = 30_000;

interface Evaluated {
  result?: { value: unknown; sharedId?: string };
  exceptionDetails?: { text: string };
}

/** `preferences`: of about:config. */
export async function launchFirefox(
  file: string,
  proxy: string,
  preferences: Readonly<Record<string, boolean>> = {},
): Promise<AnyBrowser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'throughline-firefox-'));
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${value});`);
  await writeFile(path.join(profile, 'user.js'), lines.join('\n'));
  const { command, ended } = await speak(file, profile);
  const capabilities = {
    alwaysMatch: { proxy: { proxyType: 'manual', httpProxy: new URL(proxy).host } },
  };
  await command('session.new', { capabilities });
  const newTab = async (userContext: string) => {
    const { context } = await command<{ context: string }>('browsingContext.create', {
      type: 'tab',
      userContext,
    });
    return context;
  };
  let visitor = 'default';
  const tabs = [await newTab(visitor)];
  const tab = () => tabs.at(-1)!;
  const open = (url: string) =>
    command('browsingContext.navigate', { context: tab(), url, wait: 'complete' });
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await command<Evaluated>('script.evaluate', {
      expression,
      target: { context: tab() },
      awaitPromise: true,
      userActivation: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result;
  };
  const click = async (selector: string, times = 1) => {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    const element = await evaluate(`${found}.scrollIntoView({ block: 'center' }), ${found}`);
    const press = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    const origin = { type: 'element', element: { sharedId: element!.sharedId } };
    await command('input.performActions', {
      context: tab(),
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          actions: [{ type: 'pointerMove', x: 0, y: 0, origin }, ...Array(times).fill(press).flat()],
        },
      ],
    });
  };
  return {
    async fresh() {
      const { userContext } = await command<{ userContext: string }>('browser.createUserContext', {});
      const before = tabs.splice(0, tabs.length, await newTab(userContext));
      for (const context of before) await command('browsingContext.close', { context });
      if (visitor !== 'default') await command('browser.removeUserContext', { userContext: visitor });
      visitor = userContext;
    },
    open,
    evaluate: async (expression) => (await evaluate(expression))?.value,
    click,
    async type(selector, text) {
      await click(selector);
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await command('input.performActions', {
        context: tab(),
        actions: [{ type: 'key', id: 'keyboard', actions }],
      });
    },
    async openTab(url) {
      tabs.push(await newTab(visitor));
      await open(url);
    },
    closeTab: () => command('browsingContext.close', { context: tabs.pop()! }),
    async close() {
      await command('browser.close', {}).catch(() => undefined);
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts the browser, and hands over how to give it commands. */
async function speak(file: string, profile: string) {
  const child = spawn(file, [
    '--headless',
    '--no-remote',
    '--profile',
    profile,
    '--remote-debugging-port',
    '0',
  ]);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said += part;
      const found = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said);
      if (found) resolve(`${found[1]}/session`);
    });
    void ended.then((code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
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
  const command = <Result = void>(method: string, params: object): Promise<Result> => {
    const id = ++asked;
    let timer: NodeJS.Timeout;
    const answer = new Promise<Result>((resolve, reject) => {
      const silent = () => reject(new Error(`Firefox has not answered ${method} within ${PATIENCE_MS} ms`));
      timer = setTimeout(silent, PATIENCE_MS);
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
    return answer.finally(() => clearTimeout(timer));
  };
  return { command, ended };
}
