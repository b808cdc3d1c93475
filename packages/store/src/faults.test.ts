/** What breaks between us and a ClickHouse server, told right: testing/fault-proxy.ts stands between the two. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from './open.ts';
import { StoreError } from './store.ts';
import { type Fault, type FaultyStore, faultyStore } from './testing.ts';

let faulty: FaultyStore;
beforeAll(async () => {
  faulty = await faultyStore({ timeouts: { write_s: 2, grace_s: 1 } });
});
afterAll(() => faulty.close());
beforeEach(() => {
  faulty.proxy.seen.length = 0;
});
afterEach(async () => {
  faulty.proxy.heal();
  await faulty.proxy.up();
});

const caught = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);
const row = (site: string) => ({ site, name: 'Shop', settings: '{}', version: 1 });
const insert = (site: string) => caught(faulty.store.insert('sites', [row(site)]));
const ask = () => faulty.store.query({ sql: 'SELECT 7 AS n' }, { timeout_s: 2 });
const stored = async (site: string) => {
  const sql = 'SELECT count() AS n FROM sites WHERE site = {site:String}';
  return (await faulty.direct.query<{ n: number }>({ sql, params: { site } }))[0]?.n;
};
const did = () => faulty.proxy.seen.map(({ does }) => does);

const reset = (when: 'before' | 'after' | 'within'): Fault => ({ kind: 'reset', when });
const refusal = (code: number): Fault => ({ kind: 'refusal', code });
const NO_ANSWER =
  /^ClickHouse did not answer at http:\/\/127\.0\.0\.1:\d+ during the (query|insert into sites) \(\w+\)\. Check CLICKHOUSE_URL, and that the server runs and can be reached from here\.$/;
const LATE = /^ClickHouse did not finish the (query|insert into sites) in time\.$/;
const refused = (code: number, reason: string) =>
  new RegExp(`^ClickHouse refused the (query|insert into sites) \\(code ${code}\\): ${reason}`);

interface Case {
  name: string;
  fault: Fault;
  message: RegExp;
  /** Of an insert. */
  ambiguous: boolean;
  stored?: number;
  code?: number;
}
const CASES: Case[] = [
  { name: 'a reset before the request', fault: reset('before'), message: NO_ANSWER, ambiguous: true },
  { name: 'an answer that is lost', fault: reset('after'), message: NO_ANSWER, ambiguous: true, stored: 1 },
  {
    name: 'an answer that breaks off',
    fault: reset('within'),
    message: NO_ANSWER,
    ambiguous: true,
    stored: 1,
  },
  { name: 'a server that hangs', fault: { kind: 'hang' }, message: LATE, ambiguous: true },
  {
    name: 'a gateway in between',
    fault: { kind: 'gateway', status: 502 },
    message: /^What answered at http:\/\/127\.0\.0\.1:\d+ is not ClickHouse\. Check CLICKHOUSE_URL/,
    ambiguous: true,
  },
  {
    name: 'time out',
    fault: refusal(159),
    message: refused(159, 'Timeout exceeded'),
    ambiguous: true,
    code: 159,
  },
  {
    name: 'time out among servers',
    fault: refusal(209),
    message: refused(209, ''),
    ambiguous: true,
    code: 209,
  },
  { name: 'no memory', fault: refusal(241), message: refused(241, ''), ambiguous: true, code: 241 },
  {
    name: 'a full disk',
    fault: refusal(243),
    message: refused(243, 'Cannot reserve 1.00 MiB'),
    ambiguous: true,
    code: 243,
  },
  { name: 'an unknown outcome', fault: refusal(319), message: refused(319, ''), ambiguous: true, code: 319 },
  {
    name: 'a user who may only read',
    fault: refusal(164),
    message: refused(164, 'throughline: Cannot execute query in readonly mode'),
    ambiguous: false,
    code: 164,
  },
  {
    name: 'a table that is read-only',
    fault: refusal(242),
    message: refused(242, 'Table is in readonly mode'),
    ambiguous: false,
    code: 242,
  },
  {
    name: 'too many parts',
    fault: refusal(252),
    message: refused(252, 'Too many parts'),
    ambiguous: false,
    code: 252,
  },
  {
    name: 'a wrong password',
    fault: refusal(516),
    message:
      /^ClickHouse at http:\/\/127\.0\.0\.1:\d+ refused the user throughline \(code 516\)\. Check CLICKHOUSE_USER and CLICKHOUSE_PASSWORD\.$/,
    ambiguous: false,
    code: 516,
  },
];

describe.each(CASES)('$name', ({ name, fault, message, ambiguous, stored: rows = 0, code }) => {
  test('an insert fails once, in one sentence, and says whether it may be stored', async () => {
    faulty.proxy.break({ insert_into: 'sites' }, fault);
    const error = await insert(name);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ message: expect.stringMatching(message), ambiguous, code });
    expect(did()).toEqual(['INSERT INTO sites']);
    expect(await stored(name)).toBe(rows);
  });

  test('a read fails in the same words, and is never in doubt', async () => {
    faulty.proxy.break('reads', fault);
    const error = await caught(ask());
    expect(error).toMatchObject({ message: expect.stringMatching(message), ambiguous: false, code });
    expect(new Set(did())).toEqual(new Set(['SELECT']));
  });
});

test.each([reset('before'), reset('after'), reset('within')])(
  'a read whose connection breaks off once is asked again: %o',
  async (fault) => {
    faulty.proxy.break('reads', fault, { times: 1 });
    expect(await ask()).toEqual([{ n: 7 }]);
    expect(did()).toEqual(['SELECT', 'SELECT']);
  },
);

test('a server that is down refuses everything for sure, and takes it again when it is up', async () => {
  await faulty.proxy.down();
  await expect(ask()).rejects.toThrow(NO_ANSWER);
  // A connection that was open before the server went down breaks off, which leaves a doubt; a new one is refused.
  await expect
    .poll(() => insert('down'))
    .toMatchObject({ message: expect.stringMatching(NO_ANSWER), ambiguous: false });
  expect(await faulty.store.ping()).toBe(false);
  await faulty.proxy.up();
  expect(await insert('down')).toBeUndefined();
  expect(await stored('down')).toBe(1);
});

test('a slow server is waited for', async () => {
  faulty.proxy.break('all', { kind: 'slow', ms: 100 });
  expect(await ask()).toEqual([{ n: 7 }]);
  expect(await insert('slow')).toBeUndefined();
});

test('what concerns one table leaves the others alone', async () => {
  faulty.proxy.break({ insert_into: 'sites' }, refusal(243));
  await faulty.store.insert('migrations', [
    { number: 9999, name: 'x', checksum: '0'.repeat(64), applied_at: '2026-01-01T00:00:00.000Z' },
  ]);
  expect(await ask()).toEqual([{ n: 7 }]);
  expect(await insert('alone')).toMatchObject({ code: 243 });
});

test('an engine that crashes behind the proxy is a server that comes back', async () => {
  await faulty.direct.crashEngine();
  expect(await ask()).toEqual([{ n: 7 }]);
});

test.each(['all', 'reads', 'writes'] as const)(
  'a start stops with one sentence when %s are refused',
  async (concerned) => {
    const { user, password } = await faulty.direct.engine!.endpoint();
    faulty.proxy.break(concerned, refusal(243));
    const start = openStore({ clickhouse: { url: faulty.proxy.url, user, password, database: 'another' } });
    await expect(start).rejects.toThrow(
      /^ClickHouse refused the (query|command) \(code 243\): Cannot reserve 1\.00 MiB, not enough space\.$/,
    );
  },
);
