import type { Channel } from '@throughline/contract';
import type { Random } from './random.ts';

/** How a session begins: what the address bar and the referrer say of it. */
export interface Arrival {
  channel: Channel;
  /** Path and query of the first page. */
  path: string;
  referrer: string;
  campaign?: { source: string; medium: string; name: string; content?: string; term?: string };
  /** How serious visitors from here are; 1 is usual. */
  intent: number;
}

interface Way {
  channel: Channel;
  /** Of somebody new, of somebody who knows the shop, of somebody who gets its newsletter. */
  weight: [fresh: number, known: number, subscribed: number];
  intent: number;
  source?: string;
  medium?: string;
  campaigns?: string[];
  terms?: string[];
  referrer?: string;
  click_id?: string;
  landing: ('home' | 'list' | 'product' | 'guide')[];
}

const WAYS: Way[] = [
  {
    channel: 'organic_search',
    weight: [24, 14, 12],
    intent: 1.05,
    referrer: 'https://www.google.com.vn/',
    landing: ['product', 'list', 'guide', 'home'],
  },
  {
    channel: 'organic_search',
    weight: [4, 2, 2],
    intent: 1,
    referrer: 'https://coccoc.com/search',
    landing: ['product', 'list'],
  },
  {
    channel: 'paid_search',
    weight: [15, 5, 3],
    intent: 1.35,
    source: 'google',
    medium: 'cpc',
    campaigns: ['thuong-hieu', 'ca-phe-hat', 'qua-tang'],
    terms: ['cà phê hạt', 'trà sen', 'phin cà phê', 'lá và hạt'],
    referrer: 'https://www.google.com/',
    click_id: 'gclid',
    landing: ['list', 'product'],
  },
  {
    channel: 'paid_shopping',
    weight: [5, 2, 2],
    intent: 1.4,
    source: 'google',
    medium: 'cpc',
    campaigns: ['shopping-feed'],
    referrer: 'https://www.google.com/',
    click_id: 'gclid',
    landing: ['product'],
  },
  {
    channel: 'paid_social',
    weight: [13, 4, 3],
    intent: 0.6,
    source: 'facebook',
    medium: 'paid_social',
    campaigns: ['prospecting-video', 'retarget-gio-hang', 'bo-suu-tap-gom'],
    referrer: 'https://l.facebook.com/',
    click_id: 'fbclid',
    landing: ['list', 'product', 'home'],
  },
  {
    channel: 'paid_social',
    weight: [9, 3, 2],
    intent: 0.45,
    source: 'tiktok',
    medium: 'paid_social',
    campaigns: ['pha-phin-30s', 'unbox-qua-tang'],
    referrer: 'https://www.tiktok.com/',
    click_id: 'ttclid',
    landing: ['product', 'list'],
  },
  {
    channel: 'organic_social',
    weight: [7, 5, 4],
    intent: 0.6,
    referrer: 'https://m.facebook.com/',
    click_id: 'fbclid',
    landing: ['home', 'guide', 'product'],
  },
  {
    channel: 'organic_social',
    weight: [3, 4, 3],
    intent: 0.95,
    source: 'zalo',
    medium: 'social',
    campaigns: ['zalo-oa'],
    referrer: 'https://chat.zalo.me/',
    landing: ['home', 'product'],
  },
  {
    channel: 'organic_social',
    weight: [3, 2, 2],
    intent: 0.6,
    referrer: 'https://www.instagram.com/',
    landing: ['home', 'product'],
  },
  {
    channel: 'organic_video',
    weight: [2, 1, 1],
    intent: 0.7,
    referrer: 'https://www.youtube.com/',
    landing: ['guide', 'product'],
  },
  {
    channel: 'referral',
    weight: [5, 3, 2],
    intent: 0.85,
    referrer: 'https://nguoi-sanh-ca-phe.example/bai-viet/phin-nao-tot',
    landing: ['guide', 'product'],
  },
  {
    channel: 'affiliates',
    weight: [2, 1, 1],
    intent: 1.1,
    source: 'accesstrade',
    medium: 'affiliate',
    campaigns: ['hoa-hong-t4'],
    landing: ['product'],
  },
  {
    channel: 'ai_assistant',
    weight: [2, 1, 1],
    intent: 1.3,
    referrer: 'https://chatgpt.com/',
    landing: ['product', 'guide'],
  },
  { channel: 'direct', weight: [13, 34, 26], intent: 1.15, landing: ['home', 'home', 'list'] },
  {
    channel: 'email',
    weight: [0, 0, 26],
    intent: 1.25,
    source: 'newsletter',
    medium: 'email',
    campaigns: ['ban-tin-thang', 'hang-moi', 'uu-dai-cuoi-tuan'],
    landing: ['list', 'product', 'home'],
  },
  {
    channel: 'sms',
    weight: [0, 0, 7],
    intent: 1.1,
    source: 'zalo',
    medium: 'zns',
    campaigns: ['nhac-mua-lai'],
    landing: ['home', 'product'],
  },
];

/** What a landing may choose from. */
export interface Shelves {
  categories: readonly string[];
  productPath(random: Random): string;
}

export type Acquaintance = 'fresh' | 'known' | 'subscribed';

const COLUMN: Readonly<Record<Acquaintance, 0 | 1 | 2>> = { fresh: 0, known: 1, subscribed: 2 };

export function arrive(random: Random, acquaintance: Acquaintance, shelves: Shelves): Arrival {
  const way = random.weighted(WAYS, ({ weight }) => weight[COLUMN[acquaintance]]);
  const landing = random.pick(way.landing);
  const path =
    landing === 'home'
      ? '/'
      : landing === 'guide'
        ? `/cam-nang/${random.pick(GUIDES)}`
        : landing === 'list'
          ? `/danh-muc/${random.pick(shelves.categories)}`
          : shelves.productPath(random);
  const campaign =
    way.source === undefined || way.medium === undefined
      ? undefined
      : {
          source: way.source,
          medium: way.medium,
          name: random.pick(way.campaigns!),
          ...(way.terms ? { term: random.pick(way.terms) } : {}),
        };
  return entered(path, {
    channel: way.channel,
    intent: way.intent,
    referrer: way.referrer ?? '',
    campaign,
    click: way.click_id === undefined ? undefined : `${way.click_id}=${random.text(24)}`,
  });
}

/** An arrival by a link that the shop itself sent out: recovery and survey e-mails. */
export const byEmail = (path: string, campaign: string): Arrival =>
  entered(path, {
    channel: 'email',
    intent: 1,
    referrer: '',
    campaign: { source: 'shop', medium: 'email', name: campaign },
  });

function entered(
  path: string,
  { campaign, click, ...rest }: Omit<Arrival, 'path'> & { click?: string | undefined },
): Arrival {
  const query = new URLSearchParams(click);
  for (const [key, value] of Object.entries(campaign ?? {})) {
    query.set(`utm_${key === 'name' ? 'campaign' : key}`, value);
  }
  const search = query.toString();
  return { ...rest, ...(campaign ? { campaign } : {}), path: search === '' ? path : `${path}?${search}` };
}

export const GUIDES = ['cach-pha-phin-ngon', 'chon-hat-theo-gu', 'u-lanh-tai-nha', 'thuong-tra-dung-cach'];
