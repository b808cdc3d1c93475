import type { Site } from '@throughline/contract';
import { expect, it } from 'vitest';
import { calls, managedTag, pinnedSnippet, snippet } from './examples.ts';

const site: Site = { site: 'k1', name: 'Shop', hosts: [], timezone: 'UTC', currency: 'EUR', settings: {} };
const pinned = { file: 't.fu11.js', integrity: 'sha384-fu' };
const lines = (one: Site) => [snippet('', one), managedTag('', one), pinnedSnippet('', one, pinned)];

it('says data-plain on every line of a site that keeps e-mail and phone readable, and on none of another', () => {
  expect(lines(site).filter((line) => line.includes('data-plain'))).toEqual([]);
  expect(lines({ ...site, settings: { plain_identifiers: true } })).toEqual([
    '<script defer src="/t.js" data-site="k1" data-plain="send"></script>',
    expect.stringContaining("  tag.setAttribute('data-plain', 'send');\n  document"),
    '<script defer src="/t.fu11.js" integrity="sha384-fu" crossorigin data-site="k1" data-plain="send"></script>',
  ]);
});

it('shows no e-mail address in the calls of a build that sends none', () => {
  const shown = (settings: Site['settings']) => calls({ ...site, settings }, { log_out: '' }).includes('@');
  expect(
    [{}, { tag: 'core' }, { tag: 'core', plain_identifiers: true }].map((settings) =>
      shown(settings as Site['settings']),
    ),
  ).toEqual([true, false, true]);
});
