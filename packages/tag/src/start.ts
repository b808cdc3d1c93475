import { begin } from './begin.ts';
import { forget } from './forget.ts';
import { browserHost } from './host.ts';
import type { Options } from './options.ts';
import { optedOut } from './privacy.ts';
import type { Throughline } from './throughline.ts';

/**
 * Starts recording this page. When the browser says that its user does not want to be tracked, nothing is stored
 * or sent, what was stored before is removed, and the commands do nothing.
 */
export function start(options: Options, host = browserHost(options.debug)): Throughline {
  if (!optedOut(host.window.navigator, options)) return begin(options, host);
  forget(host.window);
  return idle;
}

const nothing = () => {};
const idle: Throughline = {
  track: nothing,
  page: nothing,
  identify: nothing,
  alias: nothing,
  reset: nothing,
  visitor: nothing,
  stop: nothing,
};
