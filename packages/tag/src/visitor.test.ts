// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { readCookie } from './cookie.ts';
import { testHost } from './testing/host.ts';
import { memoryShelf } from './testing/memory-shelf.ts';
import { createVisitor } from './visitor.ts';

const host = testHost(window as never);
const cookie = () => readCookie(document, 'tl_v');
const setCookie = (value: string) => {
  // biome-ignore lint/suspicious/noDocumentCookie: this is what the tag writes
  document.cookie = `tl_v=${value};path=/`;
};

describe('the visitor', () => {
  beforeEach(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    document.cookie = 'tl_v=;path=/;max-age=0';
  });

  it('keeps a new id in the cookie and in storage', () => {
    const shelf = memoryShelf();
    const id = createVisitor(host, shelf).id();
    expect(id).toMatch(/^[\w-]{22}$/);
    expect([cookie(), shelf.get('tl_v')]).toEqual([id, id]);
  });

  it('heals the cookie from storage', () => {
    const shelf = memoryShelf();
    shelf.set('tl_v', 'known');
    expect(createVisitor(host, shelf).id()).toBe('known');
    expect(cookie()).toBe('known');
  });

  it('heals storage from the cookie, which wins when the two differ', () => {
    const shelf = memoryShelf();
    setCookie('shared-by-hosts');
    shelf.set('tl_v', 'of-this-host');
    expect(createVisitor(host, shelf).id()).toBe('shared-by-hosts');
    expect(shelf.get('tl_v')).toBe('shared-by-hosts');
  });

  it('takes no id that the collector would refuse', () => {
    const shelf = memoryShelf();
    setCookie('%3Cscript%3E');
    shelf.set('tl_v', 'x'.repeat(65));
    expect(createVisitor(host, shelf).id()).toMatch(/^[\w-]{22}$/);
  });

  it('is the same for the whole page where nothing can be kept', () => {
    const shelf = memoryShelf();
    shelf.broken = true;
    const sandboxed = {
      document: {
        get cookie(): string {
          throw new Error('denied');
        },
      },
      location: window.location,
    };
    const visitor = createVisitor({ ...host, window: sandboxed as never }, shelf);
    expect(visitor.id()).toBe(visitor.id());
  });

  it('writes the cookie anew only when it is asked to, or when it is missing', () => {
    let written = 0;
    const jar = { cookie: '' };
    const counting = {
      document: {
        get cookie() {
          return jar.cookie;
        },
        set cookie(text: string) {
          written++;
          jar.cookie = text.split(';')[0]!;
        },
      },
      location: { hostname: 'localhost', protocol: 'https:' },
    };
    const visitor = createVisitor({ ...host, window: counting as never }, memoryShelf());
    visitor.id();
    visitor.id();
    expect(written).toBe(1);
    visitor.id(true);
    expect(written).toBe(2);
  });

  it('follows a reset made in another tab', () => {
    const shelf = memoryShelf();
    const [here, there] = [createVisitor(host, shelf), createVisitor(host, shelf)];
    const before = here.id();
    there.replace();
    const after = there.id();
    expect(after).not.toBe(before);
    expect(here.id()).toBe(after);
  });
});
