import { describe, expect, it } from 'vitest';
import { NOON, taken } from '../testing/take.ts';

describe('the steps', () => {
  it.each([
    ['missing_event_id', { event_id: undefined }],
    ['missing_event_id', { event_id: '' }],
    ['missing_visitor', { visitor_id: undefined }],
    ['missing_visitor', { visitor_id: 'undefined' }],
    ['missing_visitor', { visitor_id: {} }],
    ['missing_name', { name: '  ' }],
    ['missing_name', { name: null }],
    ['bad_time', { source: 'server' as const, at: 'soon' }],
    ['too_deep', { properties: JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`) }],
    [
      'too_deep',
      { name: 'identify', user_id: 'u', traits: JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`) },
    ],
  ])('refuse %s', (reason, call) => {
    expect(taken(call).reason).toBe(reason);
  });

  it('make an id for a server that sends none', () => {
    expect(taken({ source: 'server', event_id: undefined }).row.event_id).toBe('made1');
  });

  it.each([
    ['abc-1.x:Y_z', 'abc-1.x:Y_z'],
    ['p_looks_like_a_person', expect.stringMatching(/^x_[0-9a-f]{22}$/)],
    ['with space', expect.stringMatching(/^x_[0-9a-f]{22}$/)],
    ['a'.repeat(65), expect.stringMatching(/^x_[0-9a-f]{22}$/)],
    [12345, '12345'],
  ])('keep the visitor %j as a safe id', (visitor_id, expected) => {
    expect(taken({ visitor_id }).row.visitor_id).toEqual(expected);
  });

  it('give all calls of a server about one user the same visitor, and other sites another', () => {
    const call = { source: 'server' as const, visitor_id: undefined, user_id: 'u1' };
    const { row } = taken(call);
    expect(row.visitor_id).toMatch(/^s_[0-9a-f]{22}$/);
    expect(taken({ ...call, event_id: 'e2' }).row.visitor_id).toBe(row.visitor_id);
    expect(taken(call, { site: { site: 'other' } }).row.visitor_id).not.toBe(row.visitor_id);
  });

  it('never let two long ids with one beginning meet', () => {
    const long = 'x'.repeat(200);
    const [a, b] = [
      taken({ event_id: `${long}1` }).row.event_id,
      taken({ event_id: `${long}2` }).row.event_id,
    ];
    expect(a).not.toBe(b);
    expect(a!.length).toBeLessThanOrEqual(128);
  });

  it('tell the start of a session by the corrected clock', () => {
    const hour = 3_600_000;
    const started = NOON + hour - 90_000;
    const { row } = taken(
      { session_id: `${started.toString(36)}.r1`, at: NOON + hour - 30_000 },
      { arrival: { sent_ms: NOON + hour } },
    );
    expect(row.time).toBe(new Date(NOON - 30_000).toISOString());
    expect(row.session_started_at).toBe(new Date(NOON - 90_000).toISOString());
  });

  it('flatten properties and drop an own __proto__', () => {
    const properties = JSON.parse(
      '{"a":{"b":[1,{"c":true}]},"__proto__":{"x":1},"n":null,"constructor":"k","e":{"__proto__":"y"}}',
    );
    expect(taken({ properties }).row.properties).toEqual({
      'a.b.0': '1',
      'a.b.1.c': 'true',
      constructor: 'k',
    });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('cut what is too much and say how much', () => {
    const properties = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, index]));
    const { row } = taken({ properties: { ...properties, k0: 'x'.repeat(5_000) } });
    expect(Object.keys(row.properties)).toHaveLength(129);
    expect(row.properties['k0']).toHaveLength(2_000);
    expect(row.properties['properties_cut']).toBe(
      '73: k0, k128, k129, k130, k131, k132, k133, k134, k135, k136, …',
    );
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['an amount beyond its column', '{"total":-1e30}', {}, '1: total'],
    ['an amount beyond every double', '{"total":1e999}', {}, '1: total'],
    ['a price beyond its column', '{"products":[{"sku":"a","price":1e30}]}', {}, '1: price'],
    ['a number beyond every double', '{"a":{"n":1e999},"b":1}', { b: '1' }, '1: a.n'],
    ['a second value of one name', '{"a.b":1,"a":{"b":2}}', { 'a.b': '1' }, '1: a.b'],
    ['a second value, the nested one first', '{"a":{"b":2},"a.b":1}', { 'a.b': '2' }, '1: a.b'],
    ['a name of nothing but control characters', '{"\\u0000":1,"a":2}', { a: '2' }, '1'],
  ])('tell what they leave out: %s', (_what, json, kept, properties_cut) => {
    expect(taken({ properties: JSON.parse(json) }).row.properties).toEqual({ ...kept, properties_cut });
  });

  it('tell what they leave out of the traits', () => {
    const { row, link } = taken({
      name: 'identify',
      user_id: 'u1',
      traits: JSON.parse('{"ltv":1e999,"tier":"a"}'),
    });
    expect(link?.traits).toEqual({ tier: 'a' });
    expect(row.properties).toEqual({ properties_cut: '1: ltv' });
  });

  it('never show an e-mail address in what they left out', () => {
    const { row } = taken({ properties: JSON.parse('{"an@shop.example":1e999}') });
    expect(row.properties['properties_cut']).toBe('1: [email]');
  });

  it('keep words where an amount was expected as a property', () => {
    expect(taken({ properties: { value: 'high', total: 5 } }).row).toMatchObject({
      total: 5,
      properties: { value: 'high' },
    });
  });

  it('strip control characters from names', () => {
    expect(taken({ name: 'Order\u0000 Completed\u009f' }).row.name).toBe('order_completed');
    expect(taken({ name: 'a\tb' }).row.name).toBe('a b');
    expect(taken({ name: '\u0000\u0001\n' })).toMatchObject({ reason: 'missing_name', field: 'name' });
    const { properties } = taken({ properties: { 'co\u0000lor': 'red', a: { '\u001bb': 1 } } }).row;
    expect(properties).toEqual({ color: 'red', 'a.b': '1' });
  });

  it.each([[[1]], ['text'], [5], [true]])('refuse properties or traits that are %j', (value) => {
    expect(taken({ properties: value })).toMatchObject({ reason: 'malformed', field: 'properties' });
    expect(taken({ name: 'identify', user_id: 'u', traits: value })).toMatchObject({
      reason: 'malformed',
      field: 'traits',
    });
  });

  it.each([[[]], [null], [undefined]])('take %j for no properties, as PHP writes them', (value) => {
    expect(taken({ properties: value, traits: value }).reason).toBeUndefined();
  });

  it('replace lone surrogates everywhere, which ClickHouse refuses', () => {
    const { row } = taken({
      title: 'a\ud800b',
      properties: { '\udc00': ['x\udfff', '😀'] },
      event_id: 'e\ud800',
    });
    expect(row).toMatchObject({
      title: 'a\ufffdb',
      event_id: 'e\ufffd',
      properties: { '\ufffd.0': 'x\ufffd', '\ufffd.1': '😀' },
    });
  });

  it('mark robots and keep them', () => {
    const robot = taken(
      {},
      { arrival: { user_agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' } },
    );
    expect(robot.row.is_bot).toBe(1);
    const phone = taken(
      {},
      {
        arrival: {
          user_agent:
            'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
        },
      },
    );
    expect(phone.row).toMatchObject({ is_bot: 0, device: 'mobile', os: 'iOS', browser: 'Mobile Safari' });
  });

  it('believe Client Hints where the user agent is frozen', () => {
    const user_agent =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
    const hints = { brands: '"Chromium";v="142", "Brave";v="142"', mobile: '?0', platform: '"Windows"' };
    expect(taken({}, { arrival: { user_agent, hints } }).row).toMatchObject({
      device: 'desktop',
      browser: 'Brave',
      os: 'Windows',
    });
  });

  it('keep the sequence within its column', () => {
    expect(taken({ seq: 2 ** 20 + 5 }).row.seq).toBe(5);
    expect(taken({ seq: -1 }).row.seq).toBe(0);
    expect(taken({ seq: 'x' }).row.seq).toBe(0);
  });
});
