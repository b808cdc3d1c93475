import { ClickHouseError } from '@clickhouse/client';
import { expect, test } from 'vitest';
import { storeError } from './refusal.ts';

const at = {
  doing: 'query',
  url: 'http://user:pass@db.example:8123/',
  user: 'reader',
  effect: 'write' as const,
};
const refused = (code: string, message: string) =>
  storeError(new ClickHouseError({ code, message, type: 'X' }), { ...at, kind: 'server' });
const broken = (code: string, kind: 'embedded' | 'server') =>
  storeError(Object.assign(new Error('socket'), { code }), { ...at, kind });

test.each([
  [
    'a quoted value',
    '6',
    "Cannot parse string 'ann@shop.example' as UInt8",
    "Cannot parse string '…' as UInt8",
  ],
  ['a quote within', '6', "Cannot parse 'it\\'s ann' as UInt8", "Cannot parse '…' as UInt8"],
  ['a quote that does not end', '6', "Cannot parse 'ann", 'Cannot parse …'],
  [
    'a piece of a row',
    '27',
    'Cannot parse input: expected \'"\' before: ann"}: (at row 1)',
    "Cannot parse input: expected '…'",
  ],
  ['an address without quotes', '395', 'Hello ann@shop.example there', 'Hello … there'],
  ['a long word', '395', `Hash ${'ab'.repeat(32)} is bad`, 'Hash … is bad'],
  [
    'the statement',
    '47',
    "Unknown identifier 'nope' in scope SELECT nope WHERE site = 'ann'",
    "Unknown identifier 'nope'",
  ],
  ['a name that is no name', '60', "Table 'ann@shop.example' is unknown", "Table '…' is unknown"],
])('a refusal leaves out %s', (_name, code, message, kept) => {
  expect(refused(code, message).message).toBe(`ClickHouse refused the query (code ${code}): ${kept}`);
});

test('a refusal is final only with the codes that come before anything is stored', () => {
  expect(refused('60', 'x')).toMatchObject({ code: 60, ambiguous: false });
  expect(refused('319', 'x')).toMatchObject({ code: 319, ambiguous: true });
});

test.each([
  ['a row that does not parse', '27', 'Cannot parse input', false],
  ['a wrong password', '516', 'Authentication failed', false],
  ['too many parts on one shard', '252', 'Received from ch2:9000. DB::Exception: Too many parts', true],
  ['a shard that lacks its table', '60', 'Received from ch2:9000. DB::Exception: Table is unknown', true],
  ['a shard that is away', '279', 'All connection tries failed', true],
  ['a quorum that was not reached', '285', 'Number of alive replicas (1) is less than requested', true],
])(
  'an insert over shards: after %s other shards may have their rows: %s',
  (_name, code, message, ambiguous) => {
    const error = new ClickHouseError({ code, message, type: 'X' });
    const circumstance = { ...at, effect: 'sharded write', kind: 'server' } as const;
    expect(storeError(error, circumstance).ambiguous).toBe(ambiguous);
  },
);

test('a read changes nothing, so its outcome is never in doubt', () => {
  const error = new ClickHouseError({ code: '159', message: 'x', type: 'X' });
  expect(storeError(error, { ...at, effect: 'read', kind: 'server' }).ambiguous).toBe(false);
  expect(storeError(new Error('Timeout error.'), { ...at, effect: 'read', kind: 'server' }).ambiguous).toBe(
    false,
  );
});

test('a request that was never sent is not ambiguous, one that broke off is', () => {
  for (const kind of ['embedded', 'server'] as const) {
    expect(broken('ECONNREFUSED', kind)).toMatchObject({ ambiguous: false, code: undefined });
    expect(broken('ECONNRESET', kind)).toMatchObject({ ambiguous: true, code: undefined });
  }
});

test('a server that does not answer is named without its password', () => {
  expect(broken('ENOTFOUND', 'server').message).toBe(
    'ClickHouse did not answer at http://db.example:8123 during the query (ENOTFOUND). ' +
      'Check CLICKHOUSE_URL, and that the server runs and can be reached from here.',
  );
});

test('what took too long says so, and nobody knows how it ended', () => {
  for (const text of ['The user aborted a request.', 'Timeout error.']) {
    expect(storeError(new Error(text), { ...at, kind: 'server' })).toMatchObject({
      message: 'ClickHouse did not finish the query in time.',
      ambiguous: true,
    });
  }
});
