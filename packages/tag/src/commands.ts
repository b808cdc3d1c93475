import { keepCookie } from './cookie.ts';
import { options } from './options.ts';
import { schedule, see, setActs, settle } from './recorder.ts';
import { decide } from './recording.ts';
import { shelf } from './shelf.ts';
import type { Throughline } from './throughline.ts';
import { visitorId } from './visitor.ts';

type Fields = Record<string, unknown>;

/** What is done to fields that may hold an e-mail address or a phone number before they are seen; `id` may be an address itself. */
let safely = (fields: Fields, then: (fields: Fields) => void, _id?: unknown): unknown => then(fields);

export const setSafely = (to: typeof safely): void => {
  safely = to;
};

/** By the names that pages call them by. Features may add their own. What pages give is copied at once, where what its getters throw is caught. */
export const commands = {
  track: (name, properties) => safely({ ...properties }, (safe) => see('script', name, safe)),
  identify: (user_id, given, signed) =>
    safely(
      { ...given },
      (traits) => see('script', 'identify', {}, { identity: { user_id, traits, ...signed } }),
      user_id,
    ),
  reset: () => {
    see('script', 'logout');
    settle();
    setActs([]);
    keepCookie('tl_v=', 0);
    delete shelf['tl_v'];
    delete shelf['tl_p'];
    delete shelf['tl_s'];
    // Another at once: the newer goes before what other hosts still keep, and what an answer on its way gives back.
    visitorId();
  },
  consent: (choice) => {
    // Any other word is no consent. From here on it is what counts on this page, whatever default Google is told of later.
    // biome-ignore lint/suspicious/noAssignInExpressions: two bytes for each other way to say it.
    decide(choice && (options.consent = choice !== 'granted' ? 'denied' : choice));
    // What a denial forgets is forgotten now, before anything else can be said.
    settle();
    schedule();
  },
} as Throughline;
