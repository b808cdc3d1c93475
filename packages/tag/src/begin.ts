import type { Host } from './host.ts';
import { identify } from './identify.ts';
import type { Options } from './options.ts';
import { pages } from './pages.ts';
import { createPipeline } from './pipeline.ts';
import type { Throughline } from './throughline.ts';

/** Puts the tag together and starts it, whatever the browser's privacy signals say: ask `optedOut` before. */
export function begin(options: Options, host: Host): Throughline {
  const pipeline = createPipeline(host, options);
  const { sink } = pipeline;
  const shown = pages(host, options, sink, pipeline.fixTitles);
  const person = identify(sink);
  let stopped = false;

  /** A mistake in a call must not break the page that makes it. */
  const guarded =
    <Parameters extends unknown[]>(command: (...parameters: Parameters) => void) =>
    (...parameters: Parameters) => {
      if (stopped) return;
      try {
        command(...parameters);
      } catch (error) {
        host.warn('command ignored', error);
      }
    };

  return {
    track: guarded((name, properties) => {
      if (!name || typeof name !== 'string') throw new TypeError('no name');
      sink({ name, reader: 'api', properties });
    }),
    page: guarded(shown.view),
    identify: guarded(person.identify),
    alias: guarded(person.alias),
    reset: guarded(person.reset),
    visitor: guarded((callback) => callback(pipeline.visitorId())),
    stop: guarded(() => {
      stopped = true;
      shown.undo();
      pipeline.stop();
    }),
  };
}
