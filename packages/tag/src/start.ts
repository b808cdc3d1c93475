import { commands } from './commands.ts';
import { attempt, leave, resume } from './delivery.ts';
import { guarded, on } from './listen.ts';
import { type Options, options } from './options.ts';
import { see, settle } from './recorder.ts';
import type { Feature } from './sighting.ts';
import type { Throughline } from './throughline.ts';
import { whenUsed } from './used.ts';

export const startFeature = (feature: Feature): unknown => guarded(feature)(see);

export const begin = (): void => {
  // A phone may end a hidden page without another word. Never `unload`, which keeps pages out of the back/forward cache.
  // After the features' own listeners: their last sightings of a page come before it is flushed. Chromium calls those of `pagehide` in
  // the order in which they came, whatever their phase, so that a feature with a last word starts before this.
  on(
    window,
    'visibilitychange',
    () => {
      // Not when it is shown, so that two tabs that change places do not send the same.
      if (document.hidden) {
        settle();
        attempt();
      }
    },
    true,
  );
  on(
    window,
    'pagehide',
    () => {
      settle();
      leave();
    },
    true,
  );
  on(window, 'online', resume);
};

/** A page that the browser has prepared, and that nobody may ever see: https://developer.chrome.com/docs/web-platform/prerender-pages */
export const isPrerendering = (): boolean | undefined =>
  (document as { prerendering?: boolean }).prerendering;

/** Starts the tag on this page, once, with the features that are asked for; bundlers drop the others. */
export const start = (given: Options, features: Feature[]): Throughline => {
  const early: (() => void)[] = [];
  let begun = false;
  Object.assign(options, given);
  const run = () => {
    // For `once`, which counts what the visitor does.
    whenUsed(() => {});
    features.map(startFeature);
    begin();
    begun = true;
    for (const call of early) call();
  };
  if (isPrerendering()) on(document, 'prerenderingchange', run);
  else run();
  const command = (name: keyof Throughline) =>
    guarded((...parameters: unknown[]) => {
      const call = () => (commands[name] as (...parameters: unknown[]) => void)(...parameters);
      if (begun) call();
      else early.push(call);
    });
  return {
    track: command('track'),
    page: command('page'),
    identify: command('identify'),
    alias: command('alias'),
    reset: command('reset'),
    consent: command('consent'),
    visitor: command('visitor'),
    stop: command('stop'),
  };
};
