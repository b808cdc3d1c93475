import { LIMITS, sessionStart } from '@throughline/contract';
import type { Step } from './draft.ts';
import { browserTime, serverTime } from './time.ts';

/** A session that claims to have begun longer before its event is not believed. */
const SESSION_MS_MAX = 7 * 24 * 60 * 60 * 1000;

/** time, session_started_at. */
export const putTime: Step = {
  name: 'time',
  run(draft) {
    const { row, incoming, arrival } = draft;
    const clock = { at: incoming.at, sent_ms: arrival.sent_ms, received_ms: arrival.received_ms };
    const browser = incoming.source === 'tag' || incoming.source === 'pixel';
    const time = browser ? browserTime(clock) : serverTime(clock);
    // Whatever the clocks say, ClickHouse keeps nothing before 1970.
    if (time === undefined || time < 0) return { reason: 'bad_time', field: 'at' };
    row.time = time;
    row.session_started_at = row.time;
    const started = row.session_id === '' ? undefined : sessionStart(row.session_id);
    if (started === undefined) return undefined;
    // The session's start comes from the clock that said `at`: the distance between the two is right.
    const at = typeof incoming.at === 'number' ? incoming.at : Date.parse(String(incoming.at));
    const before = at - started;
    if (before > 0 && before <= Math.min(SESSION_MS_MAX, LIMITS.event_age_ms_max))
      row.session_started_at = time - before;
    return undefined;
  },
};
