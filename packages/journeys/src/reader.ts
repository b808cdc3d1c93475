import type { Site } from '@throughline/contract';
import type { Statement } from '@throughline/store';

/** All that a report needs of the database; `Store` satisfies it. */
export interface Reader {
  query<Row>(statement: Statement<Row>): Promise<Row[]>;
}

/** Whose report, and when it is asked. */
export interface ReportContext {
  site: Site;
  now: Date;
}
