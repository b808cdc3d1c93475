import type { WireEvent, WireIdentity } from '@throughline/contract';

/** What a feature saw. The recorder adds the id, the session and what else the page knows. */
export interface Sighting {
  name: string;
  /** Which part of the tag saw it. */
  reader: string;
  properties?: WireEvent['properties'];
  identity?: WireIdentity;
  /** Where the page was reached from, when the feature knows better than the document. */
  referrer?: string;
  /** The visitor's last event: whatever follows belongs to a new one. */
  last?: boolean;
}

/** Where features put what they see. Costs next to nothing: no storage and no network is touched. */
export type Sink = (sighting: Sighting) => void;

/** Takes a feature back: listeners off, patched methods restored. */
export type Undo = () => void;
