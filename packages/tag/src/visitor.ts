import { readCookie, writeCookie } from './cookie.ts';
import type { Host } from './host.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'tl_v';
const ID_CHARS = 22;

/** One browser profile. The id is in a cookie and in storage, and each heals the other. */
export interface Visitor {
  /** Read afresh each time, because another tab may have reset it. With `renew` the cookie lives another year. */
  id(renew?: boolean): string;
  /** From here on somebody else. */
  replace(): void;
}

export function createVisitor({ window, random }: Host, shelf: Shelf): Visitor {
  let memory = '';
  const valid = (text: string) => (/^[\w-]{1,64}$/.test(text) ? text : '');
  const id = (renew?: boolean) => {
    // The cookie first: it is shared with the shop's other hosts, storage is not.
    const cookie = valid(readCookie(window.document, KEY));
    const stored = valid(shelf.get(KEY));
    memory = cookie || stored || memory || random(ID_CHARS);
    if (renew || cookie !== memory) writeCookie(window, KEY, memory);
    if (stored !== memory) shelf.set(KEY, memory);
    return memory;
  };
  return {
    id,
    replace: () => {
      memory = random(ID_CHARS);
      writeCookie(window, KEY, memory);
      shelf.set(KEY, memory);
    },
  };
}
