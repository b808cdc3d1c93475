import { DEFAULT_IDENTITY_RULES, type Identifier, type Link } from '@throughline/contract';
import { resolve } from '@throughline/identity';
import { assignmentsOf, customersOf, findCustomer, insertLinks } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Stitched, stitch } from './stitch.ts';
import { email, evidence, user } from './testing/evidence.ts';

let store: TestStore;
let site: string;
let version = 1;
let count = 0;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(() => {
  count += 1;
  site = `shop${count}`;
});

const link = (
  event_id: string,
  visitor_id: string,
  identifiers: Identifier[],
  more: Partial<Link> = {},
): Link => evidence(site, event_id, visitor_id, identifiers, more);

/** Stores links and stitches whom they touch, as the loader does. */
async function take(...links: Link[]): Promise<Stitched> {
  await insertLinks(store, links);
  version += 1;
  return stitch(store, {
    site,
    rules: DEFAULT_IDENTITY_RULES,
    visitors: links.map(({ visitor_id }) => visitor_id),
    identifiers: links.flatMap(({ identifiers }) => identifiers),
    clock: version,
  });
}
const ownerOf = async (visitor: string) =>
  (await assignmentsOf(store, site, [visitor]))[0]?.spans.at(-1)?.person_id;

describe('stitching', () => {
  it('gives two devices of one user to one person', async () => {
    await take(link('e1', 'phone', [user('u1')]));
    await take(link('e2', 'laptop', [user('u1'), email('a')]));
    const person = await ownerOf('phone');
    expect(person).toMatch(/^p_/);
    expect(await ownerOf('laptop')).toBe(person);
    expect(await findCustomer(store, site, person!)).toMatchObject({ identifiers: [user('u1'), email('a')] });
  });

  it('writes nothing when nothing changed', async () => {
    await take(link('e1', 'v1', [user('u1')], { traits: { b: '2', a: '1' } }));
    const again = await take(link('e1', 'v1', [user('u1')], { traits: { a: '1', b: '2' } }));
    expect(again).toMatchObject({ links: 1, assignments: 0, customers: 0, gone: 0, complete: true });
  });

  it('sends whoever knows the old address of a joined person to the new one', async () => {
    await take(link('e1', 'v1', [email('a')]));
    const guest = await ownerOf('v1');
    await take(link('e2', 'v2', [user('u1'), email('a')]));
    const member = await ownerOf('v2');
    expect(guest).not.toBe(member);
    expect(await ownerOf('v1')).toBe(member);
    expect(await customersOf(store, site, [guest!])).toEqual([]);
    expect(await findCustomer(store, site, guest!)).toMatchObject({ person_id: member });
  });

  it('takes a join back when its link is cut, and makes a visitor a stranger again when nothing is left', async () => {
    await take(link('e1', 'v1', [user('u1')]));
    const cut = (event_id: string, target: string) =>
      link(event_id, '', [], { kind: 'cut', target, source: 'operator', author: 'owner', session_id: '' });
    const person = await ownerOf('v1');
    await insertLinks(store, [cut('c2', 'e1')]);
    version += 1;
    await stitch(store, {
      site,
      rules: DEFAULT_IDENTITY_RULES,
      visitors: ['v1'],
      identifiers: [],
      clock: version,
    });
    expect(await assignmentsOf(store, site, ['v1'])).toMatchObject([{ visitor_id: 'v1', spans: [] }]);
    expect(await findCustomer(store, site, person!)).toBeUndefined();
  });

  it('gives the same step by step, in any order, as all at once', async () => {
    const facts = [
      link('e1', 'v1', [user('u1')]),
      link('e2', 'v1', [], { kind: 'logout' }),
      link('e3', 'v1', [user('u2')]),
      link('e4', 'v2', [email('a')]),
      link('e5', 'v2', [user('u1'), email('a')]),
      link('e6', 'v3', [email('a')]),
      link('e7', 'v4', [user('u3'), user('u2')], { kind: 'alias' }),
    ];
    for (const at of [4, 0, 6, 2, 5, 1, 3]) await take(facts[at]!);
    const whole = resolve(facts, DEFAULT_IDENTITY_RULES, site);
    expect(await assignmentsOf(store, site, ['v1', 'v2', 'v3', 'v4'])).toEqual(whole.assignments);
    const persons = await store.query<{ person_id: string }>({
      sql: 'SELECT person_id FROM customers FINAL WHERE site = {site:String} AND gone = 0 ORDER BY person_id',
      params: { site },
    });
    expect(persons.map(({ person_id }) => person_id)).toEqual(
      whole.customers.map(({ person_id }) => person_id),
    );
  });

  it('under changed rules makes people strangers again, and forgets their customers', async () => {
    await take(link('e1', 'v1', [email('a')]));
    const person = await ownerOf('v1');
    version += 1;
    const { kinds } = DEFAULT_IDENTITY_RULES;
    const rules = {
      ...DEFAULT_IDENTITY_RULES,
      kinds: { ...kinds, email: { strength: 'weak' as const, max_customers: 0 } },
    };
    await stitch(store, { site, rules, visitors: ['v1'], identifiers: [], clock: version });
    expect(await ownerOf('v1')).toBeUndefined();
    expect(await findCustomer(store, site, person!)).toBeUndefined();
  });

  it('reads the links of the touched people and no others', async () => {
    await take(...Array.from({ length: 50 }, (_, n) => link(`e${n}`, `other${n}`, [user(`o${n}`)])));
    expect(await take(link('e1', 'mine', [user('me')]))).toMatchObject({ links: 1 });
  });
});
