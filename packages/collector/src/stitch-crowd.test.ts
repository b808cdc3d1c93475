import { DEFAULT_IDENTITY_RULES, type Link } from '@throughline/contract';
import { resolve } from '@throughline/identity';
import { anyLinks } from '@throughline/identity/testing';
import { assignmentsOf, customersOf, insertLinks } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stitch } from './stitch.ts';
import { email, evidence, user } from './testing/evidence.ts';
import { rowsReadBy } from './testing/rows-read.ts';

let store: TestStore;
let clock = 1;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

async function take(site: string, links: readonly Link[], crowd_visitors_max?: number) {
  await insertLinks(store, links);
  clock += 1;
  return stitch(store, {
    site,
    rules: DEFAULT_IDENTITY_RULES,
    visitors: links.map(({ visitor_id }) => visitor_id),
    identifiers: links.flatMap(({ identifiers }) => identifiers),
    clock,
    ...(crowd_visitors_max === undefined ? {} : { crowd_visitors_max }),
  });
}

async function stored(site: string) {
  const ids = async (column: string, table: string) => {
    const sql = `SELECT DISTINCT ${column} AS id FROM ${table} WHERE site = {site:String}`;
    return (await store.query<{ id: string }>({ sql, params: { site } })).map(({ id }) => id);
  };
  const assignments = await assignmentsOf(store, site, (await ids('visitor_id', 'assignments')).sort());
  return {
    assignments: assignments.filter(({ spans }) => spans.length > 0),
    customers: (await customersOf(store, site, await ids('person_id', 'customers'))).sort((a, b) =>
      a.person_id < b.person_id ? -1 : 1,
    ),
  };
}

describe('an identifier that 10,000 customers share', () => {
  const SITE = 'hub';
  const shared = email('sales@marketplace.example');
  const of = (n: number) => evidence(SITE, `e${n}`, `v${n}`, [user(`u${n}`), shared]);
  const links = Array.from({ length: 10_000 }, (_, n) => of(n));
  beforeAll(async () => {
    await insertLinks(store, links);
    await stitch(store, {
      site: SITE,
      rules: DEFAULT_IDENTITY_RULES,
      visitors: links.map(({ visitor_id }) => visitor_id),
      identifiers: [shared],
      clock: 1,
    });
  }, 120_000);

  it('joins nobody', async () => {
    const { customers } = await stored(SITE);
    expect(customers).toHaveLength(10_000);
  });

  it('is not followed when one of them logs in: eight others’ links show what it is', async () => {
    const login = evidence(SITE, 'e20000', 'v77', [user('u77'), shared], { session_id: 'v77.s2' });
    expect(await take(SITE, [login])).toMatchObject({ links: 2 + 8, customers: 1, complete: true });
    const guest = evidence(SITE, 'e20001', 'tablet', [user('u77')]);
    expect(await take(SITE, [guest])).toMatchObject({ links: 3 + 8, complete: true });
    links.push(login, guest);
  });

  // Rows are counted where nobody else asks, in one engine of our own.
  const alone = process.env['TEST_SHARDS'] === undefined && process.env['CLICKHOUSE_URL'] === undefined;
  it.runIf(alone)(
    'costs the rows of some blocks then, however many share it',
    async () => {
      const before = await rowsOfLogin(9_000);
      const more = Array.from({ length: 10_000 }, (_, n) =>
        evidence(SITE, `e${30_000 + n}`, `x${n}`, [user(`x${n}`), shared]),
      );
      await take(SITE, more);
      links.push(...more);
      const after = await rowsOfLogin(9_001);
      expect(before).toBeLessThan(12_000);
      expect(after).toBeLessThan(before + 1_000);
    },
    120_000,
  );

  async function rowsOfLogin(n: number): Promise<number> {
    for (const table of ['links', 'link_identifiers', 'customers', 'customer_identifiers', 'assignments'])
      await store.run({ sql: `OPTIMIZE TABLE ${table} FINAL` });
    const login = evidence(SITE, `e${20_000 + n}`, `v${n}`, [user(`u${n}`), shared], {
      session_id: `v${n}.s2`,
    });
    links.push(login);
    return rowsReadBy(store, () => take(SITE, [login]));
  }

  it('leaves what is stored equal to the resolver’s answer from scratch', async () => {
    expect(await stored(SITE)).toEqual(resolve(links, DEFAULT_IDENTITY_RULES, SITE));
  });
});

let shops = 0;
const { kinds } = DEFAULT_IDENTITY_RULES;
/** Under which an address soon joins nobody. */
const STRICT = {
  ...DEFAULT_IDENTITY_RULES,
  kinds: {
    ...kinds,
    email: { ...kinds.email!, max_customers: 1 },
    phone: { ...kinds.phone!, max_customers: 1 },
  },
};
it('what is read of crowds is enough: step by step the same as from scratch, when two visitors are a crowd', async () => {
  const cases = anyLinks.chain((links) =>
    fc.tuple(fc.shuffledSubarray(links, { minLength: links.length }), fc.integer({ min: 1, max: 6 })),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ([arriving, size]) => {
      shops += 1;
      const site = `crowd${shops}`;
      const byHand = (kind: string) => kind === 'cut' || kind === 'forget';
      const links = arriving.map((link) => ({
        ...link,
        site,
        ...(byHand(link.kind) ? { visitor_id: '' } : {}),
      }));
      const takenBackBy = (link: Link, met: ReadonlySet<string> = new Set()): Link[] => {
        const target = links.find(({ event_id }) => event_id === link.target && !met.has(event_id));
        return target === undefined
          ? []
          : [target, ...takenBackBy(target, new Set([...met, target.event_id]))];
      };
      for (let at = 0; at < links.length; at += size) {
        const batch = links.slice(at, at + size);
        const targets = batch.flatMap((link) => takenBackBy(link));
        await insertLinks(store, batch);
        clock += 1;
        await stitch(store, {
          site,
          rules: STRICT,
          // Whoever takes evidence back names whom it was about.
          visitors: [...batch, ...targets].map(({ visitor_id }) => visitor_id),
          identifiers: [...batch, ...targets].flatMap(({ identifiers }) => identifiers),
          clock,
          crowd_visitors_max: 1,
        });
      }
      expect(await stored(site)).toEqual(resolve(links, STRICT, site));
    }),
    { numRuns: Number(process.env['STITCH_CROWDS'] ?? 30), endOnFailure: true },
  );
}, 300_000);
