import type { WireEvent } from '@throughline/contract';
import { cleanUrl } from './clean-url.ts';
import type { Host } from './host.ts';
import type { Options } from './options.ts';
import type { Outbox } from './outbox.ts';
import { isPrerendering } from './prerender.ts';
import type { Sessions } from './session.ts';
import type { Sighting, Sink } from './sighting.ts';
import type { Visitor } from './visitor.ts';

const ID_CHARS = 22;
const TITLE_CHARS_MAX = 300;

/** A sighting with its moment and place, waiting for the idle one in which it becomes an event. */
interface Draft extends Sighting {
  at: number;
  url: string;
  title?: string;
}

export interface Recorder {
  record: Sink;
  /** Gives the waiting sightings the title as it is now; called before the page changes. */
  fixTitles(): void;
  /** Makes events of the waiting sightings and puts them into the outbox; not while the page is only prepared. */
  settle(): void;
}

/**
 * Recording and settling are apart because storage is slow (up to 7 ms a page on a weak phone): a sighting costs
 * a push, and the visitor, the session and the sequence number are read and written once for a whole burst.
 */
export function createRecorder(
  host: Host,
  options: Options,
  { visitor, sessions, outbox }: { visitor: Visitor; sessions: Sessions; outbox: Outbox },
): Recorder {
  const { window, now, random } = host;
  const { document } = window;
  let drafts: Draft[] = [];
  let arrived = false;

  const fixTitles = () => {
    for (const draft of drafts) {
      if (draft.title === undefined) draft.title = document.title.slice(0, TITLE_CHARS_MAX);
    }
  };

  /**
   * Only a document's first event can bring somebody in. A session that begins later on the same document is one
   * resumed from an open tab: its campaign and its referrer have been counted before.
   */
  const entryOf = ({ url, referrer = cleanUrl(document.referrer, options) }: Draft) =>
    arrived ? { url: url.split('?')[0] } : { url, referrer };

  const settle = () => {
    if (!drafts.length || isPrerendering(document)) return;
    fixTitles();
    sessions.load();
    let visitor_id = '';
    for (const draft of drafts) {
      const { last, ...seen } = draft;
      let begun = false;
      const session = sessions.touch(seen.at, () => {
        begun = true;
        return entryOf(draft);
      });
      arrived = true;
      // Once for the whole burst, and written when a session begins.
      if (begun || !visitor_id) visitor_id = visitor.id(begun);
      const told = seen.identity && fingerprint(JSON.stringify([seen.name, seen.identity]));
      if (!told || told !== session.told) {
        session.told = told || session.told;
        const event: WireEvent = { ...seen, id: random(ID_CHARS), seq: session.seq, session: session.id };
        outbox.add(visitor_id, event, session.entry);
      }
      if (last) {
        visitor.replace();
        sessions.end();
      }
    }
    drafts = [];
    sessions.save();
  };

  return {
    record: (sighting) => {
      // A copy, as the page may go on changing its objects; throws here and not later if it is no JSON.
      const seen: Sighting = JSON.parse(JSON.stringify(sighting));
      drafts.push({ ...seen, at: now(), url: cleanUrl(window.location.href, options) });
    },
    fixTitles,
    settle,
  };
}

/** Tells two texts apart without keeping either (31-multiplier hash of 32 bits). */
function fingerprint(text: string): string {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
  return hash.toString(36);
}
