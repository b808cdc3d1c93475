import { describe, expect, it } from 'vitest';
import { readCookie, writeCookie } from './cookie.ts';

/** A browser that refuses cookies for `refused` domains, as it does for public suffixes. */
function browser(hostname: string, refused: string[], protocol = 'https:') {
  const jar = new Map<string, string>();
  const written: string[] = [];
  const window = {
    location: { hostname, protocol },
    document: {
      get cookie() {
        return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      },
      set cookie(text: string) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(text)!;
        const domain = /;domain=([^;]+)/.exec(text)?.[1] ?? hostname;
        if (refused.includes(domain)) return;
        if (text.includes('max-age=0')) jar.delete(name!);
        else jar.set(name!, value!);
        written.push(text);
      },
    },
  };
  return { window: window as unknown as Window, jar, written };
}

describe('writeCookie', () => {
  it('takes the widest domain that the browser allows, and leaves no trial cookie', () => {
    const { window, jar, written } = browser('www.shop.com.vn', ['com.vn']);
    writeCookie(window, 'tl_v', 'abc');
    expect(written.at(-1)).toBe('tl_v=abc;path=/;max-age=31536000;samesite=lax;domain=shop.com.vn;secure');
    expect([...jar]).toEqual([['tl_v', 'abc']]);
  });

  it('stays with the host where no domain is allowed', () => {
    const { window, written } = browser('localhost', [], 'http:');
    writeCookie(window, 'tl_v', 'abc');
    expect(written).toEqual(['tl_v=abc;path=/;max-age=31536000;samesite=lax']);
  });

  it('removes with an age of 0', () => {
    const { window, jar } = browser('shop.example', []);
    writeCookie(window, 'tl_v', 'abc');
    writeCookie(window, 'tl_v', '', 0);
    expect(jar.size).toBe(0);
  });
});

describe('readCookie', () => {
  it('gives back what was written, whatever stands around it', () => {
    const { window, jar } = browser('shop.example', []);
    jar.set('not_tl_v', '1');
    writeCookie(window, 'tl_v', '{"a":"ế; b=c"}');
    jar.set('tl_v2', '2');
    expect(readCookie(window.document, 'tl_v')).toBe('{"a":"ế; b=c"}');
  });

  it('is empty for a cookie that is absent or does not decode', () => {
    const { window, jar } = browser('shop.example', []);
    expect(readCookie(window.document, 'tl_v')).toBe('');
    jar.set('tl_v', '%E0%A4%A');
    expect(readCookie(window.document, 'tl_v')).toBe('');
  });
});
