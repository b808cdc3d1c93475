export { runCustomer } from './customer/customer.ts';
export { runFunnel } from './funnel/funnel.ts';
export { runMap } from './map/map.ts';
export { runNames } from './names/names.ts';
export { runOverview } from './overview/overview.ts';
export { runPaths } from './paths/paths.ts';
export { runPeople } from './people/people.ts';
export type { Reader, ReportContext } from './reader.ts';
