/** What comes after one of these words, when there is a number in it, lets somebody in. */
const AFTER_WORD = /(\/(?:reset|token|confirm|verify|activate|invite|password)\/)(?=.*\d).+/i;
/** A segment that nobody wrote: letters and digits, as long as an MD5 at least. Product ids of 24 characters stay, and UUIDs. */
const SEGMENT = /(?<=\/)(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{32,}(?=\/|$)/gi;

/** A parameter of a segment, with which servers in Java carry sessions: `/shop;jsessionid=1A2B`. */
const PARAMETER = /;[^/;=]+=[^/;]*/g;

/**
 * A path without the tokens in it, each of which becomes `[token]`: `/reset/abc123` is `/reset/[token]`. Parameters of segments go
 * without a trace: they are no part of the page's name.
 */
export const withoutTokens = (path: string): string =>
  path.replace(PARAMETER, '').replace(AFTER_WORD, '$1[token]').replace(SEGMENT, '[token]');
