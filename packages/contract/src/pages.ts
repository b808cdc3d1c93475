/** The dashboard's own addresses: the server answers each with the same page, the browser's router reads it. */
export const DASHBOARD_PAGES = [
  '/',
  '/overview',
  '/map',
  '/funnel',
  '/paths',
  '/people',
  '/people/:id',
  '/who',
  '/setup',
  '/sign-in',
] as const;
export type DashboardPage = (typeof DASHBOARD_PAGES)[number];
