import type { TokenFault } from '../linker/token.ts';
import { checkShape } from './check-shape.ts';
import { Cuts } from './cuts.ts';
import type { Draft, NewLink, NewRow, Refusal, Step, Tools } from './draft.ts';
import type { Arrival, Incoming } from './incoming.ts';
import { newRow } from './new-row.ts';
import { putChannel } from './put-channel.ts';
import { putClient, putCountry } from './put-client.ts';
import { putCommerce } from './put-commerce.ts';
import { putCuts } from './put-cuts.ts';
import { putHostLink } from './put-host-link.ts';
import { putIds } from './put-ids.ts';
import { putLink } from './put-link.ts';
import { putName } from './put-name.ts';
import { putPage } from './put-page.ts';
import { putProperties } from './put-properties.ts';
import { putTime } from './put-time.ts';
import { fieldsOf } from './text.ts';

/** The way of an event, in order. A later step may read what an earlier one put into the row. */
export const STEPS: readonly Step[] = [
  checkShape,
  putIds,
  putName,
  putTime,
  putPage,
  putChannel,
  putClient,
  putCountry,
  putCommerce,
  putProperties,
  putLink,
  putHostLink,
  putCuts,
];

export type Outcome =
  | { ok: true; row: NewRow; links: NewLink[]; token_fault: TokenFault | undefined }
  | ({ ok: false } & Refusal);

/** Takes one call through the steps: a row and perhaps links, or the reason why not. */
export function take(arrival: Arrival, incoming: Incoming, tools: Tools): Outcome {
  const draft: Draft = {
    arrival,
    incoming,
    row: newRow(arrival, incoming),
    properties: fieldsOf(incoming.properties) ?? {},
    traits: fieldsOf(incoming.traits) ?? {},
    used: undefined,
    cuts: new Cuts(),
    identifiers: [],
    link: undefined,
  };
  for (const step of STEPS) {
    const refusal = step.run(draft, tools);
    if (refusal !== undefined) return { ok: false, ...refusal };
  }
  const { row, link, host_links = [], token_fault } = draft;
  return { ok: true, row, links: link ? [link, ...host_links] : host_links, token_fault };
}
