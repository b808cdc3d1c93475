/** Hosts by what they are. Matched on whole labels, so `google.` finds google.com.vn and not notgoogle.com. */
const pattern = (names: string[]) => new RegExp(`(^|\\.)(${names.join('|')})($|\\.)`, 'i');

const SEARCH = pattern([
  'google',
  'bing',
  'yahoo',
  'duckduckgo',
  'baidu',
  'yandex',
  'coccoc',
  'ecosia',
  'naver',
  'daum',
  'qwant',
  'startpage',
  'seznam',
  'sogou',
  'so\\.com',
  'ask\\.com',
  'search\\.brave\\.com',
  'kagi\\.com',
]);

const SOCIAL = pattern([
  'facebook',
  'fb',
  'fb\\.me',
  'instagram',
  'ig',
  'threads',
  'twitter',
  't\\.co',
  'x\\.com',
  'linkedin',
  'lnkd\\.in',
  'pinterest',
  'reddit',
  'tiktok',
  'zalo',
  'zaloapp',
  'quora',
  'tumblr',
  'vk\\.com',
  'weibo',
  'snapchat',
  'telegram',
  't\\.me',
  'whatsapp',
  'wa\\.me',
  'messenger',
  'line\\.me',
  'discord',
  'mastodon',
  'bsky',
]);

const VIDEO = pattern(['youtube', 'youtu\\.be', 'vimeo', 'dailymotion', 'twitch', 'bilibili']);
const SHOPPING = pattern([
  'amazon',
  'ebay',
  'etsy',
  'shopee',
  'lazada',
  'tiki\\.vn',
  'sendo\\.vn',
  'aliexpress',
  'alibaba',
  'walmart',
  'shopping\\.google',
  'shopzilla',
  'idealo',
  'pricegrabber',
]);
const ASSISTANT = pattern([
  'chatgpt',
  'chat\\.openai\\.com',
  'perplexity',
  'gemini\\.google',
  'copilot\\.microsoft',
  'claude\\.ai',
  'you\\.com',
  'deepseek',
  'grok',
  'mistral',
]);
const MAIL = pattern(['mail\\.google', 'mail\\.yahoo', 'outlook', 'mail\\.proton', 'mail\\.ru']);

export type SourceKind = 'search' | 'social' | 'video' | 'shopping' | 'assistant' | 'email';

/** The narrower lists come first: gemini.google.com is not a search and mail.google.com is neither. */
const ORDER: readonly [SourceKind, RegExp][] = [
  ['assistant', ASSISTANT],
  ['email', MAIL],
  ['shopping', SHOPPING],
  ['video', VIDEO],
  ['social', SOCIAL],
  ['search', SEARCH],
];

/** What a referring host, or a name in `utm_source`, is known as; undefined when it is in no list. */
export const sourceKind = (name: string): SourceKind | undefined =>
  name === '' ? undefined : ORDER.find(([, hosts]) => hosts.test(name))?.[0];
