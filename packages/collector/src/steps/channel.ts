import type { Channel } from '@throughline/contract';
import { type SourceKind, sourceKind } from './sources.ts';

/** Parameters that ad networks add to the landing page, and the channel they speak for when no utm_medium does. */
const CLICK_IDS: Readonly<Record<string, Channel>> = {
  gclid: 'paid_search',
  gbraid: 'paid_search',
  wbraid: 'paid_search',
  msclkid: 'paid_search',
  yclid: 'paid_search',
  dclid: 'display',
  ttclid: 'paid_social',
  twclid: 'paid_social',
  li_fat_id: 'paid_social',
  epik: 'paid_social',
  sccid: 'paid_social',
  rdt_cid: 'paid_social',
  // Facebook adds it to unpaid links as well, so it says only which network it was.
  fbclid: 'organic_social',
  igshid: 'organic_social',
  zarsrc: 'organic_social',
  irclickid: 'affiliates',
  awc: 'affiliates',
  mc_eid: 'email',
};
const CLICK_ID_NAMES = Object.keys(CLICK_IDS);

/** The name of the click id in these parameters, in small letters (Snapchat writes `ScCid`); '' for none. */
export function clickIdOf(parameters: URLSearchParams): string {
  const names = new Set([...parameters.keys()].map((name) => name.toLowerCase()));
  return CLICK_ID_NAMES.find((name) => names.has(name)) ?? '';
}

export interface Origin {
  source: string;
  medium: string;
  campaign: string;
  click_id: string;
  /** '' for none or one of the site's own hosts. */
  referrer_host: string;
}

const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOP_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const EMAIL = /^e[-_ ]?mail$/;

/**
 * The channel of a session's first page by GA4's default channel groups
 * (https://support.google.com/analytics/answer/9756891), plus AI assistants. The order of the rules is GA4's.
 */
export function channelOf(origin: Origin): Channel {
  const source = origin.source.toLowerCase();
  const medium = origin.medium.toLowerCase();
  const campaign = origin.campaign.toLowerCase();
  if (source === '' && medium === '' && campaign === '') return withoutUtm(origin);

  const kind = sourceKind(source) ?? (source === '' ? sourceKind(origin.referrer_host) : undefined);
  if (campaign.includes('cross-network')) return 'cross_network';
  if (PAID.test(medium)) return paid(kind, campaign);
  // An ad click whose link names no medium is paid all the same.
  const clicked = CLICK_IDS[origin.click_id];
  if (medium === '' && clicked !== undefined && clicked !== 'organic_social') return clicked;
  return (
    byMedium(medium, source) ??
    byKind(kind, campaign) ??
    (medium === '' && clicked ? clicked : undefined) ??
    (medium === '' && origin.referrer_host !== '' ? 'referral' : 'unassigned')
  );
}

function withoutUtm(origin: Origin): Channel {
  const clicked = CLICK_IDS[origin.click_id];
  if (clicked !== undefined) return clicked;
  if (origin.referrer_host === '') return 'direct';
  return byKind(sourceKind(origin.referrer_host), '') ?? 'referral';
}

function paid(kind: SourceKind | undefined, campaign: string): Channel {
  if (kind === 'shopping' || SHOP_CAMPAIGN.test(campaign)) return 'paid_shopping';
  if (kind === 'search') return 'paid_search';
  if (kind === 'social') return 'paid_social';
  if (kind === 'video') return 'paid_video';
  return 'paid_other';
}

const BY_MEDIUM: Readonly<Record<string, Channel>> = {
  display: 'display',
  banner: 'display',
  expandable: 'display',
  interstitial: 'display',
  social: 'organic_social',
  'social-network': 'organic_social',
  'social-media': 'organic_social',
  'social network': 'organic_social',
  'social media': 'organic_social',
  sm: 'organic_social',
  organic: 'organic_search',
  affiliate: 'affiliates',
  affiliates: 'affiliates',
  audio: 'audio',
  sms: 'sms',
  zns: 'sms',
  referral: 'referral',
  app: 'referral',
  link: 'referral',
  store: 'store',
  qr: 'store',
  call: 'call',
  '(none)': 'direct',
};

function byMedium(medium: string, source: string): Channel | undefined {
  if (EMAIL.test(medium) || EMAIL.test(source)) return 'email';
  if (source === 'sms') return 'sms';
  if (Object.hasOwn(BY_MEDIUM, medium)) return BY_MEDIUM[medium];
  if (/video/.test(medium)) return 'organic_video';
  if (/push$|mobile|notification/.test(medium) || source === 'firebase') return 'push';
  return undefined;
}

function byKind(kind: SourceKind | undefined, campaign: string): Channel | undefined {
  if (kind === 'shopping' || SHOP_CAMPAIGN.test(campaign)) return 'organic_shopping';
  if (kind === 'social') return 'organic_social';
  if (kind === 'video') return 'organic_video';
  if (kind === 'search') return 'organic_search';
  if (kind === 'assistant') return 'ai_assistant';
  if (kind === 'email') return 'email';
  return undefined;
}
