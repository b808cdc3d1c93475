import type { WireAnswer } from '@throughline/contract';
import { idle } from './idle.ts';
import { say } from './listen.ts';
import { options } from './options.ts';
import { BATCH_CHARS_MAX, giveUp, OUTBOX_CHARS_MAX, waiting } from './outbox.ts';
import { shelf } from './shelf.ts';

/** The collector's latest answer. */
export let answered: WireAnswer;

/** Whether a request or a pause is going on. */
let busy: unknown = false;
/** In a row. */
let failures = 0;
/**
 * Above this the collector asks for another try. It refuses for good with 400 and 401, always in JSON: a page of a proxy or a captive
 * portal is no answer, whatever its status.
 */
const STATUS_MAX = 401;
/** The pauses grow up to 81 s, or twice that by chance. */
const FAILURES_MAX = 9;

/**
 * Sends what waits, the newest first, batch after batch, and gives up the oldest above the cap. What was not answered by the
 * collector itself, or by it with 403, 429 or 5xx, is tried again: after `Retry-After` (a collector on another host has to
 * expose it), else after a pause that grows as the square of the failures, each up to twice as long so that browsers do not
 * come back in step. Event ids make a repeat harmless.
 */
export const attempt = async (): Promise<void> => {
  let chars = 0;
  const keys = waiting().filter((key) => {
    chars += shelf[key]!.length;
    if (chars > OUTBOX_CHARS_MAX) giveUp(key);
    return chars < BATCH_CHARS_MAX;
  });
  if (busy || !keys[0]) return;
  busy = true;
  // A WireList, of events that are JSON already.
  const body = `["${options.site}",${Date.now()},${shelf['tl_l'] || 0},${keys.map((key) => shelf[key])}]`;
  try {
    const response = await fetch(options.endpoint, {
      body,
      method: 'POST',
      credentials: 'include',
      keepalive: true,
    });
    say(response.status, body);
    if (response.status > STATUS_MAX) throw response.headers.get('retry-after');
    // Throws for what is no JSON.
    answered = await response.json();
    say(answered);
    failures = 0;
    // Not before: a page that is left does not hear the answer, and the next one sends the same again.
    ['tl_l', ...keys].map((key) => delete shelf[key]);
    resume();
    // In the lock, until other tabs have heard that these keys are gone: a browser tells of that a little late.
    await new Promise(idle);
  } catch (asked_s) {
    failures += (failures < FAILURES_MAX) as unknown as number;
    setTimeout(resume, (+(asked_s as string) || failures * failures) * (1 + Math.random()) * 1e3);
  }
};

/**
 * Sends the last words of a page that is left: also while a request is on its way, whose events go once more, as nobody here will hear its
 * answer; but not in a pause. Like every attempt of a page that goes, it waits for no other tab: Firefox would keep its turn for a page that
 * is gone.
 */
export const leave = (): void => {
  busy = failures;
  attempt();
};

/** One tab at a time, where the browser can tell. */
export const send = (): unknown =>
  navigator.locks ? navigator.locks.request('tl', attempt).catch(attempt) : attempt();

/** Ends a pause, also when the browser is online again. */
export const resume = (): void => {
  busy = false;
  send();
};
