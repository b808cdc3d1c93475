import type { Choice } from './recording.ts';

/** How a page starts the tag. Each has the same name as the snippet's `data-` attribute. */
export interface Options {
  /** The site's public key. */
  site: string;
  /** Where batches go. The snippet's default is `e` in the folder it was loaded from. */
  endpoint: string;
  /** Pages are recorded only by the `page` command. */
  pages?: 'manual';
  /** A changed `#hash` is a page of its own, and the hash stays in the url. */
  hash?: 'page';
  /** Names of more query parameters that stay in urls, besides campaign, click id and search ones: `id|route`. */
  params?: string;
  /** Record although the browser sends Global Privacy Control or Do Not Track. Needs a legal basis. */
  gpc?: 'ignore';
  /**
   * Before the visitor has said yes or no by the `consent` command. Absent: record. `required`: nothing is stored or
   * sent. `cookieless`: what is seen is counted, nothing is stored, and each page is a visitor of its own.
   */
  consent?: 'required' | 'cookieless';
  /** Send e-mail and phone as they are given; the site has opted in to keep them so. Otherwise their SHA-256 leaves. */
  plain?: 'send';
  /** Put before local phone numbers in place of their leading 0: `+84`. Without it only international ones are told. */
  calling?: string;
  /** Say in the console what is sent, and what is not and why. */
  debug?: 'console';
}

/** Those of the page at hand; the tag runs once on it. Once the visitor has chosen on it, `consent` is what they said. */
export const options = {} as Omit<Options, 'consent'> & { consent?: Options['consent'] | Choice };
