import type {
  DeadLetterView,
  Identifier,
  LedgerView,
  MessageView,
  ReplayView,
  SeenView,
  Site,
  SpoolView,
  TagView,
} from '@throughline/contract';
import type { Debt, Store } from '@throughline/store';
import type { Dashboard } from './dashboard-files.ts';

/** Where operational messages go. Fields never hold visitor data. */
export interface Log {
  error(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  debug(message: string, fields?: Record<string, unknown>): void;
}

/** What is known of sites without the store. Rejects with `StoreError` for what is not. */
export interface KnownSites {
  find(site: string): Promise<Site | undefined>;
  findBySecret(key: string): Promise<Site | undefined>;
}

export interface ApiOptions {
  /** Asked while the store is away. */
  known?: KnownSites;
  store: Store;
  /** The collector's: what became of every event of a site, waiting ones included. */
  ledger(site: string, from?: Date, to?: Date): Promise<LedgerView>;
  /** Makes assignments follow the facts again after facts were taken away. */
  stitch(site: string, touched: { visitors: string[]; identifiers: Identifier[] }): Promise<void>;
  /** The collector's: events on their way. */
  delivery: {
    messageOf(site: string, event_id: string): Promise<MessageView>;
    /** Events that the site's browsers gave up in the last days. */
    lostIn(site: string): SeenView['lost'];
    report(): Promise<SpoolView>;
    deadLetters: { list(site?: string): Promise<DeadLetterView[]>; replay(): Promise<ReplayView> };
    /** Lets go of what is kept outside of the store and may tell of these visitors. */
    forget(site: string, visitors: readonly string[], identifiers: readonly Identifier[]): Promise<void>;
  };
  /** The tag's builds, as pages pin them. */
  pinned: TagView['pinned'];
  /** Resolves again who is who as far as a debt says, and puts on record that it is paid. */
  payDebt(debt: Debt): Promise<void>;
  /** Everything received so far is stored. */
  settled(): Promise<void>;
  /** By which the site's own server signs who is logged in. */
  siteSecretOf(site: Site): string;
  /** Whether a bearer token is the admin token; compares in constant time. */
  is_admin(token: string): boolean;
  dashboard: Dashboard;
  /** Believe X-Forwarded-For, -Proto and -Host. */
  trust_proxy: boolean;
  /** Names this running server, so that a command can tell it from another program on the same port. */
  instance: string;
  clock(): Date;
  /** Random bytes for keys. */
  random(bytes: number): Uint8Array;
  log: Log;
}
