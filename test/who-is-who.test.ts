// Who is who across packages: a real server without a browser. Calls go in by the track API, hands mend what they make of
// it, and reports are asked as the dashboard asks them.
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type {
  CustomerView,
  FunnelView,
  IdentityRulesView,
  MapView,
  MendsView,
  MendView,
  PeopleView,
  RulesTrialView,
  SharedDevicesView,
} from '@throughline/contract';
import type { RunningThroughline } from 'throughline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runServer } from './run-server.ts';

let server: RunningThroughline;
let data_dir: string;
let write_key: string;
let messages = 0;

beforeAll(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-who-'));
  server = await runServer(data_dir);
  write_key = (await ask<{ key: string }>('POST', 'keys', { kind: 'write' })).key;
});
afterAll(async () => {
  await server?.close();
  await rm(data_dir, { recursive: true, force: true });
});

async function answer(method: string, at: string, body?: object): Promise<Response> {
  return fetch(`${server.url}/api/sites/${server.site}/${at}`, {
    method,
    headers: { authorization: `Bearer ${server.admin_token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

async function ask<Answer>(method: string, at: string, body?: object): Promise<Answer> {
  const response = await answer(method, at, body);
  expect(response.status, `${method} ${at}`).toBeLessThan(300);
  return (await response.json()) as Answer;
}

/** The code of a refusal, with its status. */
async function refused(at: string, body: object): Promise<[number, string]> {
  const response = await answer('POST', at, body);
  return [response.status, ((await response.json()) as { error: { code: string } }).error.code];
}

interface Told {
  visitor: string;
  hour: number;
  event?: string;
  user?: string;
  traits?: object;
  properties?: object;
}

/** Sends calls of 2026-11-20, each in a session of its visitor's hour, and waits until they are stored. */
async function happened(...calls: Told[]): Promise<string[]> {
  const ids: string[] = [];
  const batch = calls.map(({ visitor, hour, event, user, traits, properties }) => {
    const timestamp = `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`;
    messages += 1;
    ids.push(`m${messages}`);
    return {
      type: event === undefined ? 'identify' : 'track',
      messageId: `m${messages}`,
      anonymousId: visitor,
      timestamp,
      context: { sessionId: `${Date.parse(timestamp).toString(36)}.${visitor}` },
      ...(event === undefined ? {} : { event }),
      ...(user === undefined ? {} : { userId: user }),
      ...(traits === undefined ? {} : { traits }),
      ...(properties === undefined ? {} : { properties }),
    };
  });
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${write_key}:`).toString('base64')}`,
    },
    body: JSON.stringify({ batch }),
  });
  expect(response.status).toBe(200);
  await server.settled();
  return ids;
}

const range = { from: '2026-11-19', to: '2026-11-22' };
const steps = [{ event: 'product_viewed' }, { event: 'order_completed' }];
const funnel = async () =>
  (await ask<FunnelView>('POST', 'funnel', { ...range, steps })).steps.map(({ people }) => people);
const everyone = () =>
  ask<PeopleView>('POST', 'people', { of: { report: 'everyone', request: range } }).then(
    ({ total }) => total,
  );
const personOf = async (visitor: string) => (await ask<CustomerView>('GET', `customers/${visitor}`)).id;
/** Changed rules are in effect for everybody. */
const applied = () =>
  expect
    .poll(async () => (await ask<IdentityRulesView>('GET', 'identity-rules')).applying, { timeout: 30_000 })
    .toBe(false);
const mend = (body: object) => ask<MendView>('POST', 'mends', { reason: 'a test', ...body });

describe('changes by hand', () => {
  it('join two people in every report, and undoing it parts them again', async () => {
    await happened(
      { visitor: 'an-phone', hour: 8, event: 'product_viewed' },
      { visitor: 'an-phone', hour: 8, traits: { email: 'an@gmial.example' } },
      { visitor: 'an-laptop', hour: 9, traits: { email: 'an@gmail.example' } },
      { visitor: 'an-laptop', hour: 9, event: 'order_completed', properties: { order_id: '1', total: 5 } },
    );
    const two = [await personOf('an-phone'), await personOf('an-laptop')];
    expect(two[0]).not.toBe(two[1]);
    expect(await funnel()).toEqual([1, 0]);
    const people = await everyone();

    const joined = await mend({ join: { people: two }, reason: 'one address is mistyped', author: 'Linh' });
    expect(joined.people.before.sort()).toEqual(two.toSorted());
    expect(joined.people.after).toHaveLength(1);
    expect(await personOf('an-phone')).toBe(joined.people.after[0]);
    expect(await personOf('an-laptop')).toBe(joined.people.after[0]);
    expect(await funnel()).toEqual([1, 1]);
    expect(await everyone()).toBe(people - 1);
    const map = await ask<MapView>('POST', 'map', range);
    expect(map.stitched_share).toBeGreaterThan(0);
    expect(map.without_stitching.people).toBe(map.people + 1);

    await mend({ undo: { mend: joined.mends[0]!.mend } });
    expect([await personOf('an-phone'), await personOf('an-laptop')]).toEqual(two);
    expect(await funnel()).toEqual([1, 0]);
    expect(await everyone()).toBe(people);

    const { mends } = await ask<MendsView>('GET', 'mends');
    expect(mends.map(({ kind, author, reason, undone }) => [kind, author, reason, undone])).toEqual([
      ['cut', 'admin', 'a test', false],
      ['join', 'Linh', 'one address is mistyped', true],
    ]);
  });

  it('join a stranger’s browser to a customer, from its first visit on', async () => {
    await happened(
      { visitor: 'binh-old', hour: 7, event: 'product_viewed' },
      { visitor: 'binh-new', hour: 9, user: 'binh' },
    );
    const binh = await personOf('binh-new');
    expect(await personOf('binh-old')).toBe('binh-old');
    const { mends } = await mend({ join: { people: ['binh-old', binh] } });
    expect(await personOf('binh-old')).toBe(binh);
    const view = await ask<CustomerView>('GET', `customers/${binh}`);
    expect(view.sessions_list.find(({ visitor_id }) => visitor_id === 'binh-old')!.why).toMatchObject({
      evidence: { kind: 'join', event_id: mends[0]!.mend },
    });
    await mend({ undo: { mend: mends[0]!.mend } });
    expect(await personOf('binh-old')).toBe('binh-old');
  });

  it('cut the evidence of one event, or all that ties a browser to a person', async () => {
    const [first] = await happened(
      { visitor: 'tablet', hour: 8, user: 'chi' },
      { visitor: 'tablet', hour: 8, event: 'product_viewed' },
      { visitor: 'tablet', hour: 10, user: 'chi' },
    );
    const chi = await personOf('tablet');
    expect(await refused('mends', { cut: { event_id: first }, reason: 'not her' })).toEqual([
      409,
      'still_held',
    ]);
    const cut = await mend({ cut: { event_id: first, all: true }, reason: 'not her' });
    expect(cut.mends).toHaveLength(2);
    expect(cut).toMatchObject({ people: { before: [chi], after: [] }, events: 3 });
    expect(await personOf('tablet')).toBe('tablet');
    expect((await answer('GET', `customers/${chi}`)).status).toBe(404);
    expect(await refused('mends', { cut: { event_id: first }, reason: 'again' })).toEqual([
      409,
      'not_in_effect',
    ]);
  });

  it('take one inherited visit away from a person, in every report, and give it back', async () => {
    await happened(
      { visitor: 'tra-tablet', hour: 8, event: 'product_viewed' },
      { visitor: 'tra-tablet', hour: 10, user: 'tra' },
      { visitor: 'tra-tablet', hour: 12, event: 'product_viewed' },
      {
        visitor: 'tra-tablet',
        hour: 12,
        event: 'order_completed',
        properties: { order_id: 'tra-1', total: 5 },
      },
    );
    const tra = await personOf('tra-tablet');
    const visits = async () =>
      (await ask<CustomerView>('GET', `customers/${tra}`)).sessions_list.map(({ started_at }) => started_at);
    const [people, stitched] = [await everyone(), await visits()];
    expect(stitched).toHaveLength(3);
    const { sessions_list } = await ask<CustomerView>('GET', `customers/${tra}`);
    const noon = sessions_list.find(({ started_at }) => started_at === '2026-11-20T12:00:00.000Z')!;
    // The order is hers because the browser was.
    expect(noon.why).toMatchObject({ evidence: { identifiers: [{ kind: 'order_id', value: 'tra-1' }] } });

    const visit = { visitor_id: 'tra-tablet', session_id: noon.session_id };
    const done = await mend({ disown: visit, reason: 'her sister was here', author: 'Linh' });
    expect(done).toMatchObject({ events: 2, mends: [{ kind: 'disown', author: 'Linh', visit }] });
    expect(await visits()).toEqual(stitched.filter((at) => at !== noon.started_at));
    expect(await everyone()).toBe(people + 1);
    const stranger = await ask<CustomerView>('GET', 'customers/tra-tablet');
    expect(stranger).toMatchObject({ id: 'tra-tablet', known: false, events: 2 });
    expect(stranger.sessions_list[0]!.why).toMatchObject({
      rule: 'disowned',
      evidence: { kind: 'disown', event_id: done.mends[0]!.mend },
    });
    expect(await refused('mends', { disown: visit, reason: 'again' })).toEqual([409, 'nobodys_visit']);

    await mend({ undo: { mend: done.mends[0]!.mend } });
    expect(await visits()).toEqual(stitched);
    expect(await everyone()).toBe(people);
    const ten = sessions_list.find(({ started_at }) => started_at === '2026-11-20T10:00:00.000Z')!;
    expect(
      await refused('mends', {
        disown: { visitor_id: 'tra-tablet', session_id: ten.session_id },
        reason: 'she signed in there',
      }),
    ).toEqual([409, 'named_in_visit']);
  });

  it('forget an identifier that two people share', async () => {
    await happened(
      { visitor: 'dung-phone', hour: 8, traits: { email: 'ours@example.com', phone: '0901111222' } },
      { visitor: 'em-phone', hour: 9, traits: { email: 'ours@example.com', phone: '0903333444' } },
    );
    const both = await personOf('dung-phone');
    expect(await personOf('em-phone')).toBe(both);
    const view = await ask<CustomerView>('GET', `customers/${both}`);
    const shared = view.identifiers.find(({ kind }) => kind === 'email')!;
    const forget = { person: both, kind: 'email', value: shared.value };
    const done = await mend({ forget });
    expect(done.people.after).toHaveLength(2);
    expect(await personOf('em-phone')).not.toBe(await personOf('dung-phone'));
    expect(
      await refused('mends', { forget: { ...forget, person: done.people.after[0] }, reason: 'x' }),
    ).toEqual([404, 'unknown_identifier']);
  });

  it.each([
    [{ cut: { event_id: 'no-such-event' } }, 404, 'unknown_evidence'],
    [{ undo: { mend: 'no-such-mend' } }, 404, 'unknown_mend'],
    [{ disown: { visitor_id: 'tablet', session_id: 'no-such-visit' } }, 404, 'unknown_visit'],
    [{ join: { people: ['p_nobody', 'p_noone'] } }, 404, 'unknown_person'],
    [{ join: { people: ['binh-old', 'binh-old'] } }, 409, 'same_person'],
    [{ join: { people: ['binh-old', 'binh-new'] } }, 409, 'visitor_is_known'],
    [{ cut: { event_id: 'm1' }, undo: { mend: 'x' } }, 400, 'bad_mend'],
    [{ cut: { event_id: 'm1' }, reason: '' }, 400, 'bad_mend'],
  ])('that are impossible say why: %j', async (body, status, code) => {
    expect(await refused('mends', { reason: 'a test', ...body })).toEqual([status, code]);
  });
});

describe('somebody who is erased', () => {
  it('leaves no fact, and what the same browser does later is a stranger’s', async () => {
    await happened(
      { visitor: 'giang-phone', hour: 8, event: 'product_viewed' },
      { visitor: 'giang-phone', hour: 8, user: 'giang', traits: { email: 'giang@example.com' } },
    );
    const giang = await personOf('giang-phone');
    await ask('POST', 'erase', { identifier: { kind: 'email', value: 'Giang@example.com ' } });
    expect((await answer('GET', `customers/${giang}`)).status).toBe(404);
    expect((await answer('GET', 'customers/giang-phone')).status).toBe(404);
    await happened({ visitor: 'giang-phone', hour: 9, event: 'product_viewed' });
    const view = await ask<CustomerView>('GET', 'customers/giang-phone');
    expect(view).toMatchObject({ id: 'giang-phone', known: false, events: 1, identifiers: [] });
  });
});

describe('the reason why a visit is somebody’s', () => {
  it('is the evidence, since when, and what leads from it to the account', async () => {
    const [guest, , account] = await happened(
      { visitor: 'lan-phone', hour: 8, traits: { email: 'lan@example.com' } },
      { visitor: 'lan-phone', hour: 8, event: 'product_viewed' },
      { visitor: 'lan-laptop', hour: 9, user: 'lan', traits: { email: 'lan@example.com' } },
    );
    const { sessions_list } = await ask<CustomerView>('GET', 'customers/lan-phone');
    const { why } = sessions_list.find(({ visitor_id }) => visitor_id === 'lan-phone')!;
    expect(why).toMatchObject({
      rule: 'identified_in_session',
      since: '2026-11-20T08:00:00.000Z',
      evidence: { event_id: guest, identifiers: [{ kind: 'email' }] },
      chain: [
        {
          event_id: account,
          kind: 'identify',
          identifiers: [{ kind: 'user_id', value: 'lan' }, { kind: 'email' }],
        },
      ],
    });
    const laptop = sessions_list.find(({ visitor_id }) => visitor_id === 'lan-laptop')!;
    expect(laptop.why).not.toHaveProperty('chain');
  });

  it('shows on the report of shared devices for a browser of several', async () => {
    await happened(
      { visitor: 'shared', hour: 8, user: 'oanh' },
      { visitor: 'shared', hour: 10, user: 'phu' },
      { visitor: 'shared', hour: 10, event: 'product_viewed' },
    );
    const view = await ask<SharedDevicesView>('GET', 'shared-devices');
    const device = view.devices.find(({ visitor_id }) => visitor_id === 'shared')!;
    expect(device.people.map(({ events }) => events)).toEqual([2, 1]);
    expect(device.public).toBe(false);
    expect(view.shared).toBeGreaterThan(0);
  });
});

describe('the rules of a site', () => {
  const noPhone = { rules: { kinds: { phone: { strength: 'weak', max_customers: 0 } } } };
  const rules = () => ask<IdentityRulesView>('GET', 'identity-rules');

  it('when tried, tell of visits that a stranger would have, though nobody joins or splits', async () => {
    const noLookBack = { rules: { look_back_days: 0 } };
    const tried = () => ask<RulesTrialView>('POST', 'identity-rules/try', noLookBack);
    const { visits_moved, split } = await tried();
    await happened(
      { visitor: 'nga', hour: 8, event: 'product_viewed' },
      { visitor: 'nga', hour: 10, user: 'nga' },
    );
    expect(await tried()).toMatchObject({ visits_moved: visits_moved + 1, split, orders_moved: 0 });
  });

  it('can be tried first, and take effect for everybody when they are changed', async () => {
    await happened(
      { visitor: 'ha-1', hour: 8, traits: { email: 'ha.one@example.com', phone: '0905555666' } },
      { visitor: 'ha-2', hour: 9, traits: { email: 'ha.two@example.com', phone: '0905555666' } },
      { visitor: 'ha-1', hour: 8, event: 'order_completed', properties: { order_id: 'ha', total: 70 } },
      { visitor: 'ha-2', hour: 9, event: 'order_completed', properties: { order_id: 'ho', total: 30 } },
    );
    const ha = await personOf('ha-1');
    expect(await personOf('ha-2')).toBe(ha);

    const trial = await ask<RulesTrialView>('POST', 'identity-rules/try', noPhone);
    expect(trial).toMatchObject({ split: 1, joined: 0, orders_moved: 1, complete: true });
    expect([70, 30]).toContain(trial.revenue_moved);
    expect(trial.top).toMatchObject([{ kind: 'split', people: [ha], becomes: 2, revenue: 100 }]);
    expect(await personOf('ha-2')).toBe(ha);

    expect((await rules()).own).toEqual({});
    expect(await ask('POST', 'identity-rules', noPhone)).toMatchObject({ applying: true });
    await applied();
    expect((await rules()).rules.kinds.phone).toEqual({ strength: 'weak', max_customers: 0 });
    expect(await personOf('ha-2')).not.toBe(await personOf('ha-1'));

    await ask('POST', 'identity-rules', { rules: {} });
    await applied();
    expect([await personOf('ha-1'), await personOf('ha-2')]).toEqual([ha, ha]);
  });

  it.each([
    [{ rules: { look_back_days: -1 } }, 'rules.look_back_days'],
    [{ rules: { kinds: { shoe_size: { strength: 'weak', max_customers: 1 } } } }, 'rules.kinds'],
    [{ rules: { look_back: 9 } }, 'rules'],
    [{}, 'rules'],
  ])('that cannot be are refused with their place: %j', async (body, at) => {
    for (const path of ['identity-rules', 'identity-rules/try']) {
      const response = await answer('POST', path, body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'bad_rules', at } });
    }
  });
});

describe('a site that asks for proof', () => {
  it('takes a browser’s claim only when the shop’s server signed it', async () => {
    await ask('POST', 'identity-rules', { rules: { proof_required: true } });
    const { secret } = await ask<{ secret: string }>('GET', 'identify-secret');
    const proof = createHmac('sha256', secret).update('khoa').digest('hex');
    const claim = (visitor: string, proof?: string) => {
      messages += 1;
      const now = Date.now();
      const event = {
        id: `m${messages}`,
        name: 'identify',
        at: now,
        seq: 1,
        session: `${now.toString(36)}.${visitor}`,
        identity: { user_id: 'khoa', ...(proof === undefined ? {} : { proof }) },
      };
      return fetch(`${server.url}/e`, {
        method: 'POST',
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36' },
        body: JSON.stringify({ site: server.site, visitor, sent_at: now, events: [event] }),
      });
    };
    // The collector may go on for some seconds by the rules it knows.
    await expect
      .poll(
        async () => {
          const visitor = `thief-${messages}`;
          await claim(visitor);
          await claim('khoa-laptop', proof);
          await server.settled();
          return [(await personOf(visitor)).slice(0, 2), (await personOf('khoa-laptop')).slice(0, 2)];
        },
        { timeout: 20_000, interval: 500 },
      )
      .toEqual(['th', 'p_']);
    await ask('POST', 'identity-rules', { rules: {} });
    await applied();
  });
});
