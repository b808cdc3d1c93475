import { expect, it } from 'vitest';
import { parse } from './parse.ts';
import { peopleSchema } from './people/request.ts';
import { spanOf } from './range.ts';
import { rangeSchema } from './schema.ts';

const range = { from: '2026-11-01', to: '2026-11-02' };
const DATES = 'a date such as 2026-11-22 or a time such as 2026-11-22T03:04:05Z';

it('says in plain words what of a request is missing and what to give', () => {
  expect(() => parse(rangeSchema, { to: '2026-11-02' })).toThrow(`\`from\` is missing: give ${DATES}.`);
  expect(() => parse(rangeSchema, { ...range, to: 5 })).toThrow(
    `\`to\` is not of the right kind: give ${DATES}.`,
  );
  expect(() => parse(rangeSchema, undefined)).toThrow('The body is missing: give a JSON object.');
  expect(() => parse(peopleSchema, { of: { report: 'fun' } })).toThrow(
    '`of.report` has no such choice: give one of funnel, paths, map, overview, everyone.',
  );
});

it('says the bounds of dates for a day outside of them', () => {
  expect(() => spanOf({ ...range, from: '1969-12-31' }, 'UTC')).toThrow('from 1970-01-01 to 2200-01-01');
});
