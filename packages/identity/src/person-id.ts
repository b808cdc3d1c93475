import type { Identifier } from '@throughline/contract';
import { sha256 } from './hash.ts';

/** `p_` and 24 hex characters: 96 bits of a hash of the site and the customer's strongest identifier. */
export function personId(site: string, strongest: Identifier): string {
  return `p_${sha256(`${site}\0${strongest.kind}\0${strongest.value}`).slice(0, 24)}`;
}
