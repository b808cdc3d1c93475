import type { WireEntry } from '@throughline/contract';
import type { Host } from './host.ts';
import { lastingValue, type Shelf } from './shelf.ts';

const SILENCE_MS = 30 * 60 * 1000;
const SEQ_MAX = 2 ** 20 - 1;

/** The visit going on, shared by all tabs. Kept as JSON under `tl_s`. */
export interface Session {
  /** `<start in ms, base 36>.<random>` */
  id: string;
  /** Last event. */
  at: number;
  /** Of the last event; rises from session to session, and starts anew with a new visitor. */
  seq: number;
  /** The first page. */
  entry: WireEntry;
  /** Fingerprint of the last identify, so that it is told once a session. */
  told?: string;
}

/** Tabs share the session: `load` before a run of touches, `save` after it. */
export interface Sessions {
  load(): void;
  /** The session that an event at `at` belongs to, with its `seq`. `entry` is used when it begins one. */
  touch(at: number, entry: () => WireEntry): Session;
  save(): void;
  /** The next event begins a session, and `seq` starts anew. */
  end(): void;
}

export function createSessions({ window, random }: Host, shelf: Shelf): Sessions {
  const stored = lastingValue(window, shelf, 'tl_s');
  let session: Session | undefined;
  return {
    load: () => {
      session = parse(stored.read());
    },
    touch: (at, entry) => {
      const { seq = 0 } = session || {};
      if (!session || Math.abs(at - session.at) > SILENCE_MS) {
        session = { id: `${at.toString(36)}.${random(8)}`, at, seq, entry: entry() };
      }
      session.at = Math.max(at, session.at);
      session.seq = (seq + 1) & SEQ_MAX;
      return session;
    },
    save: () => stored.write(session ? JSON.stringify(session) : ''),
    end: () => {
      session = undefined;
    },
  };
}

/** Somebody may have edited or cut it; then it counts as absent. */
function parse(text: string): Session | undefined {
  try {
    const { id, at, seq, entry, told } = JSON.parse(text) as Session;
    return id.includes('.') && at > 0 && seq >= 0 ? { id, at, seq, entry: entry || {}, told } : undefined;
  } catch {
    return undefined;
  }
}
