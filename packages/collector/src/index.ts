export { type Collector, type CollectorOptions, createCollector } from './collector.ts';
export type { Direct } from './direct.ts';
export type { Log, LogFields } from './log.ts';
export { KEY_RATE_LIMIT, RATE_LIMIT, type RateLimit, rateLimit } from './rate-limit.ts';
export type { Access, RouteInfo } from './routes/route.ts';
export { type SiteDirectory, type SiteDirectoryOptions, siteDirectory } from './sites.ts';
export { SPOOL_LIMITS, type SpoolLimits } from './spool/limits.ts';
export { PLATFORM_NAMES, PLATFORMS, type PlatformName } from './webhooks/platform.ts';
export { readSecrets, secretsFile, writeSecrets } from './webhooks/secrets.ts';
