import type { Range, Site } from '@throughline/contract';
import type { Statement } from '@throughline/store';
import { spanOf } from './range.ts';
import type { Scope } from './resolved.ts';

/** All that a report needs of the database; `Store` satisfies it. */
export interface Reader {
  query<Row>(statement: Statement<Row>): Promise<Row[]>;
}

/** Whose report, and when it is asked. */
export interface ReportContext {
  site: Site;
  now: Date;
  /** See `Scope`. */
  person_column?: 'person_id';
}

/** Throws ProblemError 400 for a bad range. */
export function scopeOf({ site, person_column }: ReportContext, range: Range): Scope {
  return {
    ...spanOf(range, site.timezone),
    site: site.site,
    timezone: site.timezone,
    ...(person_column === undefined ? {} : { person_column }),
  };
}
