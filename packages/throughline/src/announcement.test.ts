import { expect, it } from 'vitest';
import { announcement } from './announcement.ts';

const TOLD = { url: 'http://127.0.0.1:8787', site: 'tea', sign_in_url: 'http://127.0.0.1:8787/sign-in#x' };

it.each([
  [{}, '<script defer src="http://127.0.0.1:8787/t.js" data-site="tea"></script>'],
  [
    { tag: 'core' as const },
    '<script defer src="http://127.0.0.1:8787/t.js?site=tea" data-site="tea"></script>',
  ],
])('prints the snippet of the build that the site asks for: %j', (asked, snippet) => {
  expect(announcement({ ...TOLD, ...asked })).toContain(snippet);
});
