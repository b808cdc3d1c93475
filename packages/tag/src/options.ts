/** How a page starts the tag. Each has the same name as the snippet's `data-` attribute, with `-` for `_`. */
export interface Options {
  /** The site's public key. */
  site: string;
  /** Where batches go. The snippet's default is `/e` on the host it was loaded from. */
  endpoint: string;
  /** `manual`: pages are recorded only by the `page` command. Default `auto`. */
  pages?: 'auto' | 'manual';
  /** A changed `#hash` is a page of its own, and the hash stays in the url. */
  hash?: boolean;
  /** More query parameters that stay in urls, besides campaign, click id and search ones: `id,route`. */
  params?: string;
  /** `ignore`: record although the browser sends Global Privacy Control or Do Not Track. Needs a legal basis. */
  gpc?: 'honour' | 'ignore';
  /** Say in the console what was ignored, and why. */
  debug?: boolean;
}
