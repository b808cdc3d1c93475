import type { CustomerView, PersonSummary } from '@throughline/contract';
import { customersStatement, summariesOf } from '../people/summary.ts';
import type { Reader, ReportContext } from '../reader.ts';
import {
  cursorOf,
  evidenceStatement,
  identifiersStatement,
  SESSIONS_PAGE,
  sessionsStatement,
  spansStatement,
  timelineStatement,
} from './statement.ts';
import { customerView } from './view.ts';
import { whoIs } from './who.ts';

/**
 * `GET …/customers/:id`: a person, or a stranger by visitor id; `after` is `next` of the page before. The view's `id` is
 * the person's, which differs from `id` for one who was joined into another. Throws ProblemError 404 for nobody.
 */
export async function runCustomer(
  reader: Reader,
  context: ReportContext,
  id: string,
  { after }: { after?: string } = {},
): Promise<CustomerView> {
  const person = await whoIs(reader, context, id);
  // Made first: a bad cursor throws here, while no query is under way.
  const page = sessionsStatement(context, person, after);
  const [summaries, customers, identifiers, found] = await Promise.all([
    summariesOf(reader, context, [person], 'person'),
    reader.query(customersStatement(context, [person])),
    reader.query(identifiersStatement(context, person)),
    reader.query(page),
  ]);
  const sessions = found.slice(0, SESSIONS_PAGE);
  const visitors = [...new Set(sessions.map(({ visitor_id }) => visitor_id))];
  const spans = await reader.query(spansStatement(context, visitors));
  const decided = [...new Set(spans.flatMap((row) => row.spans.map(({ evidence }) => evidence)))].filter(
    (one) => one !== '',
  );
  const [timeline, evidence] = await Promise.all([
    sessions.length > 0 ? reader.query(timelineStatement(context, person, sessions)) : [],
    decided.length > 0 ? reader.query(evidenceStatement(context, decided)) : [],
  ]);
  return customerView(context.site, {
    summary: summaries[0] ?? unseen(person),
    customer: customers[0],
    identifiers,
    sessions,
    timeline,
    spans,
    evidence,
    next: found.length > SESSIONS_PAGE ? cursorOf(sessions.at(-1)!) : undefined,
  });
}

/** A customer who is known by links alone, with no event of their own. */
function unseen(id: string): PersonSummary {
  return {
    id,
    label: '',
    known: true,
    first_seen: '',
    last_seen: '',
    visitors: 0,
    sessions: 0,
    events: 0,
    orders: 0,
    revenue: 0,
    first_channel: '',
    country: '',
  };
}
