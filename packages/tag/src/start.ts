import { createDelivery } from './delivery.ts';
import { browserHost } from './host.ts';
import { identify } from './identify.ts';
import { whenIdle } from './idle.ts';
import { leaving } from './leaving.ts';
import type { Options } from './options.ts';
import { createOutbox } from './outbox.ts';
import { pages } from './pages.ts';
import { isPrerendering, whenShown } from './prerender.ts';
import { optedOut } from './privacy.ts';
import { createRecorder } from './recorder.ts';
import { createSessions } from './session.ts';
import { localShelf } from './shelf.ts';
import type { Sighting, Undo } from './sighting.ts';
import type { Throughline } from './throughline.ts';
import { createVisitor } from './visitor.ts';

/** Sightings of so long go into one request. */
const BURST_MS = 250;

/** Puts the tag together and starts it. Stores and sends nothing when the browser says its user does not want it. */
export function start(options: Options, host = browserHost(options.debug)): Throughline {
  const { window } = host;
  const { document } = window;
  if (options.gpc !== 'ignore' && optedOut(window.navigator)) {
    host.warn('not recording: the browser sends Global Privacy Control or Do Not Track');
    return inert;
  }

  const shelf = localShelf(window);
  const visitor = createVisitor(host, shelf);
  const outbox = createOutbox(host, shelf, options.site);
  const delivery = createDelivery(host, outbox, options.endpoint);
  const recorder = createRecorder(host, options, { visitor, sessions: createSessions(host, shelf), outbox });
  let cancel: Undo | undefined;
  let adopted = false;
  let stopped = false;

  const pause = () => {
    if (cancel) cancel();
    cancel = undefined;
  };
  const flush = () => {
    recorder.settle();
    outbox.save();
    delivery.send();
  };
  const schedule = () => {
    if (cancel || isPrerendering(document)) return;
    cancel = whenIdle(
      window,
      () => {
        cancel = undefined;
        if (!adopted) outbox.adopt();
        adopted = true;
        flush();
      },
      BURST_MS,
    );
  };
  const guarded =
    <Parameters extends unknown[]>(action: (...parameters: Parameters) => void) =>
    (...parameters: Parameters) => {
      if (stopped) return;
      try {
        action(...parameters);
      } catch (error) {
        host.warn('command ignored', error);
      }
    };
  const sink = (sighting: Sighting) => {
    recorder.record(sighting);
    schedule();
  };

  const seen = pages(host, options, sink, recorder.fixTitles);
  const person = identify(host, options, sink);
  const undos = [
    seen.undo,
    whenShown(document, schedule),
    leaving(window, {
      hidden: flush,
      gone: () => {
        pause();
        recorder.settle();
        delivery.beacon();
        outbox.release();
        adopted = false;
      },
    }),
    delivery.stop,
  ];

  return {
    track: guarded((name, properties) => {
      if (typeof name !== 'string' || !name) throw new TypeError('track needs a name');
      sink({ name, reader: 'api', properties });
    }),
    page: guarded(seen.view),
    identify: guarded(person.identify),
    alias: guarded(person.alias),
    reset: guarded(person.reset),
    visitor: guarded((callback) => {
      recorder.settle();
      callback(visitor.id());
    }),
    stop: guarded(() => {
      stopped = true;
      pause();
      recorder.settle();
      outbox.release();
      for (const undo of undos) undo();
    }),
  };
}

const ignore = () => {};
const inert: Throughline = {
  track: ignore,
  page: ignore,
  identify: ignore,
  alias: ignore,
  reset: ignore,
  visitor: (callback) => callback(''),
  stop: ignore,
};
