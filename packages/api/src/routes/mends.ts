import type { MendsView } from '@throughline/contract';
import { operatorFacts } from '@throughline/store';
import { jsonBody } from '../body.ts';
import { mend } from '../mend/mend.ts';
import { mendRequest } from '../mend/request.ts';
import { mendsOf } from '../mend/view.ts';
import type { Call } from '../route.ts';

const MENDS_MAX = 1_000;

/** Changes who is who by hand: cuts evidence, joins two people, forgets an identifier, or takes one of these back. */
export async function addMend({ context, options, caller, site }: Call): Promise<Response> {
  const request = mendRequest(await jsonBody(context));
  return context.json(await mend(options, site, request, request.author ?? caller.kind), 201);
}

/** What was changed by hand, the latest first. */
export async function listMends({ context, options, site }: Call): Promise<Response> {
  const facts = await operatorFacts(options.store, site.site, MENDS_MAX);
  return context.json({ mends: mendsOf(facts) } satisfies MendsView);
}
