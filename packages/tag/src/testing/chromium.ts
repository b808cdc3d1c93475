import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** For a machine without a screen, and without traffic of the browser's own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** The first Chromium found: `CHROMIUM_PATH`, the system's, else the one inside the npm package @sparticuz/chromium. */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env['CHROMIUM_PATH']) return env['CHROMIUM_PATH'];
  const installed = SYSTEM_PATHS.find(isExecutable);
  if (installed) return installed;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** A headless browser as a visitor has it: with the back/forward cache that Playwright would switch off. */
export async function launchChromium({ flags = [] }: { flags?: string[] } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [...CHROMIUM_FLAGS, ...flags],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
