import { LIMITS } from '@throughline/contract';
import { Lru } from '../lru.ts';
import type { Step } from './draft.ts';
import { type Page, pageOf, referrerOf, withoutEmails } from './privacy.ts';
import { textOf } from './text.ts';

const pages = new Lru<string, Page>(5_000);
const referrers = new Lru<string, string>(5_000);

function cachedPage(address: unknown): Page {
  if (typeof address !== 'string' || address === '') return pageOf('');
  let page = pages.get(address);
  if (page === undefined) {
    page = pageOf(address);
    pages.set(address, page);
  }
  return page;
}

function cachedReferrer(address: unknown): string {
  if (typeof address !== 'string' || address === '') return '';
  let referrer = referrers.get(address);
  if (referrer === undefined) {
    referrer = referrerOf(address);
    referrers.set(address, referrer);
  }
  return referrer;
}

/** url, host, path, title, referrer: without what could name somebody. */
export const putPage: Step = {
  name: 'page',
  run({ row, incoming }) {
    const page = cachedPage(incoming.url);
    row.url = page.url;
    row.host = page.host;
    row.path = page.path;
    row.title = withoutEmails(textOf(incoming.title, LIMITS.title_chars_max));
    row.referrer = cachedReferrer(incoming.referrer);
    return undefined;
  },
};
