import { schedule, see, settle } from './recorder.ts';
import { decide } from './recording.ts';
import { shelf } from './shelf.ts';
import type { Throughline } from './throughline.ts';
import { visitorId } from './visitor.ts';

/** By the names that pages call them by. Features may add their own. */
export const commands = {
  track: (name, properties) => see('api', name, properties),
  identify: (user_id, traits, signed) =>
    see('api', 'identify', {}, { identity: { user_id, traits, ...signed } }),
  reset: () => {
    see('api', 'logout');
    settle();
    visitorId(true, true);
    delete shelf['tl_s'];
  },
  consent: (choice) => {
    decide(choice);
    schedule();
  },
} as Throughline;
