import type { IdentifierKind, LinkKind } from './link.ts';

/**
 * `POST /api/sites/:site/mends`: changes who is who by hand. Exactly one of `cut`, `join`, `forget`, `disown` and
 * `undo`. What it
 * makes is a fact like any other: nothing is rewritten, and `undo` takes it back.
 */
export interface MendRequest {
  /**
   * Takes a piece of evidence back, by its event. With `all`, everything that ties the evidence's visitor to the same
   * person.
   */
  cut?: { event_id: string; all?: boolean };
  /** Two people are one: customers by person id, or one of them a stranger by visitor id. */
  join?: { people: [string, string] };
  /** The identifier names nobody any more. `value` as the customer page shows it, of `person`. */
  forget?: { person: string; kind: IdentifierKind; value: string };
  /** One visit of a browser is nobody's, although others of it are somebody's. */
  disown?: { visitor_id: string; session_id: string };
  /** Takes a mend back. */
  undo?: { mend: string };
  /** 1 to 500 characters. */
  reason: string;
  /** Who decided it, up to 100 characters. Default: the kind of caller, such as `session`. */
  author?: string;
}

/** A change by hand, as a fact. */
export interface Mend {
  /** Its id; `undo` takes it. */
  mend: string;
  kind: LinkKind;
  time: string;
  author: string;
  reason: string;
  /** For `cut`: what it takes back. */
  target: string;
  /** Whom a join or a forget names; hashes by their beginning. */
  identifiers: { kind: string; value: string }[];
  /** For `disown`: the visit. */
  visit?: { visitor_id: string; session_id: string; began: string };
  /** Whether a later cut took it back. */
  undone: boolean;
}

/** What a mend did, in effect when the answer comes. */
export interface MendView {
  mends: Mend[];
  /** The people concerned, by id, before and after. Strangers are not listed. */
  people: { before: string[]; after: string[] };
  /** Events that changed hands. */
  events: number;
}

/** `GET /api/sites/:site/mends`: the latest first. */
export interface MendsView {
  mends: Mend[];
}
