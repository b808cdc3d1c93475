import { createDelivery } from './delivery.ts';
import type { Host } from './host.ts';
import { whenIdle } from './idle.ts';
import { leaving } from './leaving.ts';
import type { Options } from './options.ts';
import { createOutbox } from './outbox.ts';
import { isPrerendering, whenShown } from './prerender.ts';
import { createRecorder } from './recorder.ts';
import { createSessions } from './session.ts';
import { localShelf } from './shelf.ts';
import type { Sink, Undo } from './sighting.ts';
import { createVisitor } from './visitor.ts';

/** Sightings of so long go into one request. */
const BURST_MS = 250;

/** From a sighting to the collector. */
export interface Pipeline {
  sink: Sink;
  /** To be called before the page turns into another one: what was seen keeps its title. */
  fixTitles(): void;
  visitorId(): string;
  /** Nothing is sent any more; what is waiting stays in storage for the next start. */
  stop: Undo;
}

export function createPipeline(host: Host, options: Options): Pipeline {
  const { window } = host;
  const { document } = window;
  const shelf = localShelf(window);
  const visitor = createVisitor(host, shelf);
  const outbox = createOutbox(host, shelf, options.site);
  const delivery = createDelivery(host, outbox, options.endpoint);
  const recorder = createRecorder(host, options, { visitor, sessions: createSessions(host, shelf), outbox });
  let cancel: Undo | undefined;
  let adopted = false;

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
  /** To storage, and from there to whichever page comes next: this one, if it comes back. */
  const rest = () => {
    if (cancel) cancel();
    cancel = undefined;
    outbox.release();
    adopted = false;
  };
  const undos = [
    whenShown(document, schedule),
    leaving(window, {
      hidden: flush,
      gone: () => {
        recorder.settle();
        delivery.beacon();
        rest();
      },
    }),
    delivery.stop,
  ];

  return {
    sink: (sighting) => {
      recorder.record(sighting);
      schedule();
    },
    fixTitles: recorder.fixTitles,
    visitorId: () => {
      recorder.settle();
      return visitor.id();
    },
    stop: () => {
      recorder.settle();
      rest();
      for (const undo of undos) undo();
    },
  };
}
