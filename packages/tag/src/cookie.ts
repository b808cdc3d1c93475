import { guarded } from './listen.ts';
import { kept } from './shelf.ts';

/** All cookies, after `text` was set if one is given (each costs a millisecond at 4x CPU throttle); none when they are blocked or not allowed yet. */
export const cookies = guarded((text?: string): unknown => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API came to Safari and Firefox in 2025.
  if (kept && text) document.cookie = text;
  // Throws in a sandbox.
  return kept && document.cookie;
});

/** Nearly a year; browsers allow 400 days. */
const AGE_S = 3e7;

/**
 * Keeps `text` (`name=value`) for `age_s` on the widest domain that the browser allows, so that `www.` and `checkout.` of
 * one shop are one visitor. Browsers refuse public suffixes, so the widest one is found by trying. With 0 it is removed from all.
 */
export const keepCookie = (text: string, age_s = AGE_S): void => {
  const labels = location.hostname.split('.');
  // No browser takes the last label alone, unless there is no other: asked for it, Firefox complains in the console.
  let i = labels.length - 1 || 1;
  while (
    i-- &&
    !(
      `${cookies(`${text};max-age=${age_s};samesite=lax;path=/;domain=${labels.slice(i).join('.')}`)}`.includes(
        text,
      ) && age_s
    )
  );
};
