import type { Incoming } from '../steps/incoming.ts';
import type { Fields } from '../steps/text.ts';
import { shopifyEvents } from './shopify.ts';
import { wooCommerceEvents } from './woocommerce.ts';

/** What is worth counting in one delivery; empty when its topic or status is none of ours. */
export type Reader = (delivery: { platform: PlatformName; topic: string; payload: Fields }) => Incoming[];

/** How a shop platform delivers its webhooks: each signs the body's bytes with HMAC-SHA256, written in base64. */
export interface Platform {
  /** Headers by their lower-case names; the first one that is sent counts. */
  signature: readonly string[];
  topic: readonly string[];
  /** Says `true` when the shop's owner pressed "send test". */
  test?: string;
  /** The platform makes the secret itself and shows it to the owner; else the owner types one in. */
  gives_secret: boolean;
  read: Reader;
}

export const PLATFORM_NAMES = ['shopify', 'haravan', 'sapo', 'woocommerce'] as const;
export type PlatformName = (typeof PLATFORM_NAMES)[number];

/** Haravan and Sapo Web took over Shopify's form of an order, under header names of their own. */
export const PLATFORMS: Readonly<Record<PlatformName, Platform>> = {
  // https://shopify.dev/docs/apps/build/webhooks/subscribe/https
  shopify: {
    signature: ['x-shopify-hmac-sha256'],
    topic: ['x-shopify-topic'],
    test: 'x-shopify-test',
    gives_secret: true,
    read: shopifyEvents,
  },
  // https://docs.haravan.com/docs/tutorials/webhooks/private-webhook/
  haravan: {
    signature: ['x-haravan-hmacsha256', 'x-haravan-hmac-sha256'],
    topic: ['x-haravan-topic'],
    test: 'x-haravan-test',
    gives_secret: true,
    read: shopifyEvents,
  },
  // Called Bizweb before.
  sapo: {
    signature: ['x-sapo-hmac-sha256', 'x-bizweb-hmac-sha256'],
    topic: ['x-sapo-topic', 'x-bizweb-topic'],
    test: 'x-sapo-test',
    gives_secret: true,
    read: shopifyEvents,
  },
  // https://woocommerce.com/document/webhooks/
  woocommerce: {
    signature: ['x-wc-webhook-signature'],
    topic: ['x-wc-webhook-topic'],
    gives_secret: false,
    read: wooCommerceEvents,
  },
};

export const platformOf = (name: string): PlatformName | undefined =>
  PLATFORM_NAMES.find((known) => known === name);
