import { ProblemError } from '@throughline/contract';
import type { Call } from '../route.ts';

/** What became of every event: received = stored + duplicates + refused + waiting. `?from=&to=` are instants. */
export async function ledger({ context, options, site }: Call): Promise<Response> {
  const from = instant(context.req.query('from'), 'from');
  const to = instant(context.req.query('to'), 'to');
  if (from !== undefined && to !== undefined && from >= to)
    throw new ProblemError(400, { code: 'bad_range', message: '`from` must lie before `to`.', at: 'from' });
  return context.json(await options.ledger(site.site, from, to));
}

/** An ISO 8601 instant or date (taken as UTC) between 1970 and 2100. */
export function instant(text: string | undefined, at: string): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || !(time.getTime() >= 0) || time.getUTCFullYear() >= 2100)
    throw new ProblemError(400, {
      code: 'bad_time',
      message: `\`${at}\` must be an ISO 8601 time such as 2026-11-22T03:00:00Z.`,
      at,
    });
  return time;
}
