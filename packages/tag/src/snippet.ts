import { commands } from './commands.ts';
import type { Globals } from './features/globals.ts';
import { guarded, on } from './listen.ts';
import { options } from './options.ts';
import { begin, isPrerendering } from './start.ts';

/** What pages call: `throughline('track', …)`. Before the tag is there, a stub that collects its calls in `q`. */
type Global = ((...call: unknown[]) => void) & { q?: unknown[][] | 0 };

/** Runs the tag as the page's script element says. */
export const paste = (run: () => void): void => {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  const name = dataset['global'] || 'throughline';
  const start = () => {
    const { q = [] }: Partial<Global> = (window as Globals)[name] || {};
    // Pasted twice, it runs once.
    if (!q) return;
    const call: Global = guarded((command, ...parameters) =>
      (commands as unknown as Record<string, Global>)[command as string]!(...parameters),
    );
    call.q = 0;
    (window as Globals)[name] = call;
    Object.assign(options, { endpoint: src.replace(/[^/]*$/, 'e') }, dataset);
    guarded(run)();
    begin();
    q.map((early) => call(...early));
  };
  if (isPrerendering()) on(document, 'prerenderingchange', start);
  else start();
};
