export { type Access, ADMITTED } from './access.ts';
export { type Api, createApi } from './api.ts';
export type { CallerKind } from './caller.ts';
export { type Dashboard, loadDashboard } from './dashboard-files.ts';
export { healErasures } from './erasure.ts';
export type { ApiOptions, Log } from './options.ts';
export type { Method, RouteInfo } from './route.ts';
