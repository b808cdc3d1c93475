import type { TurnedAway } from '@throughline/store';
import { rowsOf } from '../spool/batch.ts';
import type { Breath } from './breath.ts';
import type { Content } from './content.ts';
import { FATE } from './ledger-rows.ts';

/** Of one segment: a flood of refusals is counted, and not listed. */
const OF_SEGMENT_MAX = 1_000;

/** Why events of a segment are not stored, for who asks by their ids: refused ones, and repeats of what counts already. */
export async function turnedAwayIn(
  { parts }: Content,
  fates: Uint8Array,
  breath: Breath,
): Promise<TurnedAway[]> {
  const found: TurnedAway[] = [];
  const repeats = fates.includes(FATE.duplicate);
  for (const { batch, base } of parts) {
    if (breath.due) await breath.take();
    const { site } = batch;
    for (const { event_id, reason, field, received_ms } of batch.turned_away)
      found.push({ site, event_id, reason, field, received_at: new Date(received_ms).toISOString() });
    if (repeats && fates.subarray(base, base + batch.events).includes(FATE.duplicate)) {
      const received_at = new Date(batch.received_ms).toISOString();
      for (const [place, { event_id }] of rowsOf(batch).entries())
        if (fates[base + place] === FATE.duplicate)
          found.push({ site, event_id, reason: 'duplicate', field: '', received_at });
    }
    if (found.length >= OF_SEGMENT_MAX) return found.slice(0, OF_SEGMENT_MAX);
  }
  return found;
}
