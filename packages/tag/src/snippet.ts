import { browserHost } from './host.ts';
import type { Options } from './options.ts';
import { start } from './start.ts';
import type { Throughline } from './throughline.ts';

type Global = ((...call: unknown[]) => void) & { q?: ArrayLike<unknown>[]; live?: boolean };

// A tag manager may have put the script in without `currentScript`.
const script = (document.currentScript || document.querySelector('script[data-site]')) as HTMLScriptElement;
const { dataset } = script;
const debug = 'debug' in dataset;
const name = dataset['global'] || 'throughline';
const page = window as unknown as Record<string, Global | undefined>;
const stub = page[name];

// Pasted twice, it runs once.
if (!stub?.live) {
  const tag = start({
    site: dataset['site']!,
    endpoint: dataset['endpoint'] || new URL('/e', script.src).href,
    pages: dataset['pages'] as Options['pages'],
    hash: 'hash' in dataset,
    params: dataset['params'],
    plain: 'plain' in dataset,
    gpc: dataset['gpc'] as Options['gpc'],
    debug,
  });
  const run = ([command, ...rest]: unknown[]) => {
    if (Object.keys(tag).includes(command as string)) {
      (tag[command as keyof Throughline] as (...rest: unknown[]) => void)(...rest);
    } else browserHost(debug).warn(`unknown command: ${command}`);
  };
  const live: Global = (...call) => run(call);
  live.live = true;
  page[name] = live;
  for (const call of stub?.q || []) run(Array.from(call));
}
