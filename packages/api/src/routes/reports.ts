import {
  type Reader,
  type ReportContext,
  runFunnel,
  runMap,
  runOverview,
  runPaths,
  runPeople,
} from '@throughline/journeys';
import type { Store } from '@throughline/store';
import { jsonBody } from '../body.ts';
import type { Call } from '../route.ts';

/** How long one statement of a report may run. */
const REPORT_TIMEOUT_S = 30;

export const boundedReader = (store: Store): Reader => ({
  query: (statement) => store.query(statement, { timeout_s: REPORT_TIMEOUT_S }),
});

type Report<View extends object> = (reader: Reader, context: ReportContext, body: unknown) => Promise<View>;

const report =
  <View extends object>(run: Report<View>) =>
  async ({ context, options, site }: Call): Promise<Response> => {
    const body = await jsonBody(context);
    return context.json(await run(boundedReader(options.store), { site, now: options.clock() }, body));
  };

export const funnel = report(runFunnel);
export const paths = report(runPaths);
export const map = report(runMap);
export const people = report(runPeople);
export const overview = report(runOverview);
