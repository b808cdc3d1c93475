/** What comes after one of these words, when there is a number in it, or a capital letter after a small one, lets somebody in. */
const WORD =
  '(\\/(?:reset|token|confirm(?:-e?-?mail)?|verify|activate|invite|password|magic-?link|login\\/link|unsubscribe)\\/)';
const NUMBER_AFTER_WORD = RegExp(`${WORD}(?=.*\\d).+`, 'i');
const CAPITAL_AFTER_WORD = RegExp(`${WORD}(?=.*[a-z][A-Z]).+`);
/** Nine digits or more after one of these are a phone number, or a customer's own. */
const PERSON =
  /(?<=\/(?:customers?|users?|u|members?|accounts?|phone|track(?:ing)?(?:-orders?)?|order-?status|tra-cuu(?:-don-hang)?)\/)(?:\+|%2B)?\d{9,15}(?=\/|$)/gi;
/** A segment that nobody wrote: letters and digits, as long as an MD5 at least. Product ids of 24 characters stay, and UUIDs. */
const SEGMENT = /(?<=\/)(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{32,}(?=\/|$)/gi;

/** A parameter of a segment, with which servers in Java carry sessions: `/shop;jsessionid=1A2B`. */
const PARAMETER = /;[^/;=]+=[^/;]*/g;

/**
 * A path without the tokens in it, each of which becomes `[token]`: `/reset/abc123` is `/reset/[token]`. Parameters of segments go
 * without a trace: they are no part of the page's name.
 */
export const withoutTokens = (path: string): string =>
  path
    .replace(PARAMETER, '')
    .replace(NUMBER_AFTER_WORD, '$1[token]')
    .replace(CAPITAL_AFTER_WORD, '$1[token]')
    .replace(PERSON, '[token]')
    .replace(SEGMENT, '[token]');
