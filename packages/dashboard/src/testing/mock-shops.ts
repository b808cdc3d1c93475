import type { Site } from '@throughline/contract';

const shop = (site: string, name: string, currency: string, timezone: string): Site => ({
  site,
  name,
  hosts: [`${site}.example`, `*.${site}.example`],
  timezone,
  currency,
  settings: {},
});

/** One shop a state of the pages: full of data, empty, robots only, failing, and with numbers nobody expects. */
export const MOCK_SITES: Site[] = [
  shop('may', 'Mây Ceramics', 'VND', 'Asia/Ho_Chi_Minh'),
  shop('empty', 'Brand-new shop', 'EUR', 'Europe/Berlin'),
  shop('robots', 'Shop with robots only', 'EUR', 'Europe/Berlin'),
  shop('failing', 'Failing shop', 'USD', 'America/New_York'),
  shop('huge', 'Very large shop with a long name', 'USD', 'America/New_York'),
];

const SCALES: Readonly<Record<string, number>> = { huge: 98_765, empty: 0, robots: 0 };

/** How much larger than the first shop a shop is. */
export const scaleOf = (site: string): number => SCALES[site] ?? 1;
