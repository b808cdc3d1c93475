import { commands } from './commands.ts';
import { guarded, on } from './listen.ts';
import { options } from './options.ts';
import type { Feature } from './sighting.ts';
import { begin, isPrerendering, startFeature } from './start.ts';

/** What pages call: `throughline('track', …)`. Before the tag is there, a stub that collects its calls in `q`. */
type Global = ((...call: unknown[]) => void) & { q?: unknown[][] | 0 };

/** Runs the tag as the page's script element says. */
export const paste = (features: Feature[]): void => {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  const page = window as unknown as Record<string, Global>;
  const name = dataset['global'] || 'throughline';
  const run = () => {
    const { q = [] } = page[name] || {};
    // Pasted twice, it runs once.
    if (!q) return;
    const call: Global = guarded((command, ...parameters) =>
      (commands as unknown as Record<string, Global>)[command as string]!(...parameters),
    );
    call.q = 0;
    page[name] = call;
    Object.assign(options, { endpoint: src.replace(/[^/]*$/, 'e') }, dataset);
    features.map(startFeature);
    begin();
    q.map((early) => call(...early));
  };
  if (isPrerendering()) on(document, 'prerenderingchange', run);
  else run();
};
