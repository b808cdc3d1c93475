import { describe, expect, it } from 'vitest';
import { SOURCE_ADDITIONS, type SourceKind } from './source-additions.ts';
import { sourceKind } from './sources.ts';

describe('what a source is known as', () => {
  it.each<[SourceKind | undefined, string[]]>([
    [
      'search',
      ['google.com', 'google.com.vn', 'www.bing.com', 'search.naver.com', 'yandex.uz', 'Google', 'bing'],
    ],
    [
      'social',
      ['facebook.com', 'lm.facebook.com', 'linkedin.com', 'reddit.com', 'bsky.app', 'Facebook', 'reddit'],
    ],
    ['email', ['mail.google.com', 'outlook.live.com', 'mail.zoho.eu']],
    ['video', ['youtube.com', 'music.youtube.com', 'player.vimeo.com']],
    ['shopping', ['amazon.com.br', 'smile.amazon.de', 'shopee.co.id', 'tiki.vn', 'ebay.com.au']],
    ['assistant', ['chat.openai.com', 'gemini.google.com', 'www.perplexity.ai', 'chat.deepseek.com']],
    // An ad server and a map of the list are known to be none of these.
    [
      undefined,
      ['adform.net', 'maps.google.com', 'example.com', 'notfacebook.com', 'amazon.evil.example', ''],
    ],
    [undefined, ['constructor', '__proto__', 'tostring', '.', '..com', 'a'.repeat(5_000)]],
  ])('is %s', (kind, names) => {
    expect(Object.fromEntries(names.map((name) => [name, sourceKind(name)]))).toEqual(
      Object.fromEntries(names.map((name) => [name, kind])),
    );
  });

  it('is what each of our additions says, and none of them is there twice', () => {
    const seen = new Set<string>();
    for (const [kind, lines] of Object.entries(SOURCE_ADDITIONS))
      for (const entry of lines.flatMap((line) => line.split(' '))) {
        expect([entry, sourceKind(entry.replace(/\.\*$/, '.com'))]).toEqual([entry, kind]);
        expect(seen.has(entry), entry).toBe(false);
        seen.add(entry);
      }
  });
});
