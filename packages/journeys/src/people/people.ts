import type { PeopleView } from '@throughline/contract';
import { parse } from '../parse.ts';
import { shownNames, shownStatement } from '../paths/statement.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { perOf } from './behind.ts';
import { PEOPLE_LIMIT_DEFAULT, peopleSchema } from './request.ts';
import { cursorOf, pageOf, unitsStatement } from './statement.ts';
import { summariesOf } from './summary.ts';

/**
 * `POST …/people`: exactly the people behind a number; without `search`, `total` is that number. Throws ProblemError
 * 400 for a request that cannot be served.
 */
export async function runPeople(reader: Reader, context: ReportContext, body: unknown): Promise<PeopleView> {
  const request = parse(peopleSchema, body);
  const { of, limit = PEOPLE_LIMIT_DEFAULT } = request;
  const shown =
    of.report === 'paths'
      ? shownNames(of.request, await reader.query(shownStatement(context, of.request)))
      : [];
  const rows = await reader.query(unitsStatement(context, request, shown));
  const page = rows.slice(0, limit);
  const units = page.map(({ unit }) => unit);
  const total =
    rows[0]?.total ?? (request.after === undefined ? 0 : await totalOf(reader, context, request, shown));
  return {
    total,
    people: await summariesOf(reader, context, units, perOf(of)),
    ...(rows.length > limit && {
      next: cursorOf({ ...page.at(-1)!, as_of_ms: pageOf(context, request).as_of_ms }),
    }),
  };
}

async function totalOf(
  reader: Reader,
  context: ReportContext,
  request: Parameters<typeof unitsStatement>[1],
  shown: string[][],
): Promise<number> {
  const first = await reader.query(
    unitsStatement(context, { ...request, after: undefined, limit: 1 }, shown),
  );
  return first[0]?.total ?? 0;
}
