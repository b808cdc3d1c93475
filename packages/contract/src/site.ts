import type { IdentityRules } from './link.ts';
import type { TagBuild } from './tag-view.ts';

/** One shop. */
export interface Site {
  /** Public key: `data-site` and `/api/sites/:site`. */
  site: string;
  name: string;
  /** Hosts whose pages may send events; a leading `*.` allows sub-domains; empty allows any. */
  hosts: string[];
  /** IANA zone: dates in requests and reports are this zone's. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  settings: SiteSettings;
}

export interface SiteSettings {
  identity?: Partial<IdentityRules>;
  /** How often a new secret for signing identifies was asked for. */
  identify_secret_round?: number;
  /** Event name to stage, over the defaults; '' takes an event off the map. */
  stages?: Record<string, string>;
  /** Which build `/t.js?site=` serves. Default `complete`. */
  tag?: TagBuild;
  /** Keep e-mail and phone readable, for good: a hash never equals a readable one. Default false: only their SHA-256 is kept. */
  plain_identifiers?: boolean;
}

/** What `site add` prints; the keys are shown once and stored hashed. */
export interface SiteKeys {
  site: string;
  write_key: string;
  secret_key: string;
}
