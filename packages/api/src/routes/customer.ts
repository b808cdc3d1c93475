import { LIMITS, ProblemError } from '@throughline/contract';
import { runCustomer } from '@throughline/journeys';
import { explainSessions } from '../explain-sessions.ts';
import type { Call } from '../route.ts';
import { boundedReader } from './reports.ts';

/** One person's profile and sessions, newest first; `?after=` takes the `next` of the page before. */
export async function customer({ context, options, site }: Call): Promise<Response> {
  const id = context.req.param('id') ?? '';
  if (id.length > LIMITS.id_chars_max)
    throw new ProblemError(404, { code: 'not_found', message: 'There is no such person.', at: 'id' });
  const after = context.req.query('after');
  const page = after === undefined ? {} : { after };
  const asked = { site, now: options.clock() };
  const view = await runCustomer(boundedReader(options.store), asked, id, page);
  return context.json(await explainSessions(options.store, site, view));
}
