import { begin } from './begin.ts';
import { forget } from './forget.ts';
import { browserHost } from './host.ts';
import type { Options } from './options.ts';
import { optedOut } from './privacy.ts';

type Command = (...parameters: unknown[]) => void;
/** What pages call: `throughline('track', …)`. Before the tag is there, a stub that collects its calls in `q`. */
type Global = Command & { q?: ArrayLike<unknown>[]; live?: boolean };

// A tag manager may have put the script in without `currentScript`.
const script = (document.currentScript || document.querySelector('script[data-site]')) as HTMLScriptElement;
const { site, endpoint, pages, hash, params, gpc, debug, global = 'throughline' } = script.dataset;
const page = window as unknown as Record<string, Global | undefined>;
const { q = [], live } = page[global] || {};

// Pasted twice, it runs once.
if (!live) {
  const options = {
    site,
    endpoint: endpoint || new URL('/e', script.src).href,
    pages,
    hash: hash !== undefined,
    params,
  } as Options;
  const host = browserHost(debug !== undefined);
  const refused = optedOut(navigator, { gpc: gpc as Options['gpc'] });
  if (refused) forget(window);
  const commands = (refused ? {} : begin(options, host)) as Record<string, Command | undefined>;

  const run: Global = (name, ...parameters) => {
    const command = Object.keys(commands).includes(name as string) && commands[name as string];
    if (command) command(...parameters);
    else host.warn(`no command: ${name}`);
  };
  run.live = true;
  page[global] = run;
  for (const call of q) run(...Array.from(call));
}
