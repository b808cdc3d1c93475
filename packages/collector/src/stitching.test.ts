import { DEFAULT_IDENTITY_RULES, type Site } from '@throughline/contract';
import { resolve } from '@throughline/identity';
import { assignmentsOf, insertLinks, owedStitches, oweStitch, putSite } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from './log.ts';
import { Stitching } from './stitching.ts';
import { email, evidence, user } from './testing/evidence.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

const shop = (site: string, settings: Site['settings'] = {}): Site => ({
  site,
  name: site,
  hosts: [],
  timezone: 'UTC',
  currency: 'VND',
  settings,
});
describe('what is owed', () => {
  it('after a crash between the facts and what follows from them is made good at the next start', async () => {
    await putSite(store, shop('crashed'));
    await oweStitch(store, { site: 'crashed', visitors: ['v1'], identifiers: [], everybody: false });
    await insertLinks(store, [evidence('crashed', 'e1', 'v1', [user('an')])]);
    // Here the process died. The next one:
    const next = new Stitching({ store, log: silentLog });
    await next.heal();
    expect((await assignmentsOf(store, 'crashed', ['v1']))[0]?.spans.at(-1)?.person_id).toMatch(/^p_/);
    expect(await owedStitches(store)).toEqual([]);
  });

  it('to everybody of a site after its rules changed is the same as resolving all of it by the new rules', async () => {
    const links = Array.from({ length: 40 }, (_, n) => [
      evidence('ruled', `a${n}`, `v${n}`, [user(`u${n}`), email(`m${n % 10}`)]),
      evidence('ruled', `b${n}`, `w${n}`, [email(`m${n % 10}`)]),
    ]).flat();
    await putSite(store, shop('ruled'), { now: () => 1 });
    await insertLinks(store, links);
    const stitching = new Stitching({ store, log: silentLog });
    await stitching.everybody('ruled');
    const identity = { kinds: { email: { strength: 'weak' as const, max_customers: 9 } } };
    await putSite(store, shop('ruled', { identity }), { now: () => 2 });
    await stitching.pay(
      await oweStitch(store, { site: 'ruled', visitors: [], identifiers: [], everybody: true }),
    );
    const rules = {
      ...DEFAULT_IDENTITY_RULES,
      kinds: { ...DEFAULT_IDENTITY_RULES.kinds, ...identity.kinds },
    };
    const visitors = links.map(({ visitor_id }) => visitor_id).sort();
    expect(await assignmentsOf(store, 'ruled', visitors)).toEqual(resolve(links, rules, 'ruled').assignments);
  });
});

it('by several collectors at once gives the same as by one', async () => {
  await putSite(store, shop('busy'));
  const collectors = [0, 1, 2].map(() => new Stitching({ store, log: silentLog }));
  const links = Array.from({ length: 27 }, (_, n) =>
    evidence('busy', `e${n}`, `v${n % 10}`, [user(`u${n % 4}`), email(`m${n % 7}`)]),
  );
  await Promise.all(
    collectors.map(async (stitching, turn) => {
      for (const one of links.filter((_, n) => n % collectors.length === turn)) {
        await insertLinks(store, [one]);
        await stitching.now('busy', { visitors: [one.visitor_id], identifiers: one.identifiers });
      }
    }),
  );
  const visitors = [...new Set(links.map(({ visitor_id }) => visitor_id))].sort();
  expect(await assignmentsOf(store, 'busy', visitors)).toEqual(
    resolve(links, DEFAULT_IDENTITY_RULES, 'busy').assignments,
  );
});
