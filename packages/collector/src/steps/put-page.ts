import { LIMITS } from '@throughline/contract';
import { Lru } from '../lru.ts';
import type { Step } from './draft.ts';
import { type Page, pageOf, referrerOf, withoutEmails } from './privacy.ts';
import { textOf } from './text.ts';

const pages = new Lru<string, Page>(5_000);
const referrers = new Lru<string, string>(5_000);

function cachedPage(address: unknown, cleaned = false): Page {
  if (typeof address !== 'string' || address === '') return pageOf('');
  const key = cleaned ? `cleaned ${address}` : address;
  let page = pages.get(key);
  if (page === undefined) {
    page = pageOf(address, cleaned);
    pages.set(key, page);
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
    const page = cachedPage(incoming.url, incoming.url_cleaned);
    row.url = page.url;
    row.host = page.host;
    row.path = page.path;
    row.title = withoutEmails(textOf(incoming.title, LIMITS.title_chars_max));
    row.referrer = cachedReferrer(incoming.referrer);
    return undefined;
  },
};
