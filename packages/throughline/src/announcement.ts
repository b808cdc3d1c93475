import type { SiteKeys } from '@throughline/contract';

export interface Announced {
  url: string;
  site: string;
  /** Without the site's key in its address `/t.js` is the complete build. */
  tag?: 'core';
  /** Absent while ClickHouse does not answer. */
  sign_in_url?: string;
  /** Only at the start that made the site. */
  keys?: SiteKeys;
}

/** What a start prints: where to look, what to paste, where to try it. */
export function announcement({ url, site, tag, sign_in_url, keys }: Announced): string {
  const lines = [
    '',
    ...(sign_in_url === undefined
      ? [
          '  Throughline takes events. ClickHouse does not answer yet: they wait on the disk, and the dashboard',
          '  works as soon as it does.',
          '',
          '  Dashboard',
          `    ${url}/   (then: npx throughline sign-in)`,
        ]
      : ['  Throughline is running.', '', '  Dashboard (this link signs you in once)', `    ${sign_in_url}`]),
    '',
    '  Snippet for your shop',
    `    <script defer src="${url}/t.js${tag ? `?site=${site}` : ''}" data-site="${site}"></script>`,
    '',
    '  Demo storefront with the tag in it',
    `    ${url}/demo/`,
    '',
  ];
  if (keys)
    lines.push(
      '  Keys of this site, not shown again',
      `    write   ${keys.write_key}   sends events from your servers`,
      `    secret  ${keys.secret_key}   reads reports`,
      '',
    );
  lines.push(
    '  The demo storefront feeds this site. To add one for your own shop, in its currency and time zone',
    '    npx throughline site add "My shop" --host shop.example --currency EUR --timezone Europe/Paris',
    '',
    '  A new sign-in link: npx throughline sign-in      Stop: Ctrl+C',
    '',
    '',
  );
  return lines.join('\n');
}
