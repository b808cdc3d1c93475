/** A Segment-spec call, as `POST /v1/import` takes it. */
export interface SegmentCall {
  type: string;
  messageId: string;
  [field: string]: unknown;
}

/** What one line of a file turned out to be. */
export type Parsed = { call: SegmentCall } | { refused: string } | { skipped: true };

export const CALL_TYPES: ReadonlySet<string> = new Set([
  'track',
  'identify',
  'page',
  'screen',
  'group',
  'alias',
]);
