import { describe, expect, test } from 'vitest';
import { email, link, order, phone, told, user } from './fixture.ts';

describe('a visitor who names herself', () => {
  const ann = told([link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] })]);

  test.each([
    ['2025-03-01T09:59', 'nobody', 'nobody'],
    ['2025-03-01T10:00', 'ann', 'identified_later'],
    ['2026-03-01T09:59', 'ann', 'identified_later'],
    ['2026-03-01T10:00', 'ann', 'identified_in_session'],
    ['2026-03-01T10:34', 'ann', 'identified_in_session'],
    ['2026-03-01T10:35', 'ann', 'identified_before'],
    ['2031-03-01T10:00', 'ann', 'identified_before'],
  ])('owns what she did at %s: %s, %s', (at, owner, rule) => {
    expect([ann.ownerOn('phone-1', at), ann.ruleOn('phone-1', at)]).toEqual([owner, rule]);
  });

  test('owns nothing earlier when the look-back is 0 days', () => {
    const links = [link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] })];
    const { ownerOn } = told(links, { look_back_alone_days: 0 });
    expect([ownerOn('phone-1', '2026-03-01T09:59'), ownerOn('phone-1', '2026-03-01T10:00')]).toEqual([
      'nobody',
      'ann',
    ]);
  });
});

describe('a browser of one’s own', () => {
  const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
  const bob = link('2', '2026-05-03T20:30', { session: '2026-05-03T20:00', names: [user('bob')] });
  const order77 = link('3', '2025-06-01T12:00', { names: [order('77')] });

  test('is claimed a year back, and ninety days once somebody else was identified on it', () => {
    expect(told([ann]).ownerOn('phone-1', '2025-06-01T12:00')).toBe('ann');
    expect(told([ann, bob]).ownerOn('phone-1', '2025-06-01T12:00')).toBe('nobody');
    expect(told([ann, bob]).ownerOn('phone-1', '2025-12-01T10:00')).toBe('ann');
  });

  test('has its purchases of that year, which make no second customer of it', () => {
    expect(told([ann, order77]).names).toEqual([['ann', '77']]);
    expect(told([ann, order77, bob]).names).toEqual([['77'], ['ann'], ['bob']]);
  });
});

describe('a family tablet', () => {
  const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
  const bob = link('2', '2026-03-03T20:30', { session: '2026-03-03T20:00', names: [user('bob')] });
  const annLeaves = link('3', '2026-03-01T10:20', { session: '2026-03-01T10:00', kind: 'logout' });

  test('without a log-out: the time between belongs to the first, the second owns his whole session', () => {
    const { ownerOn } = told([ann, bob]);
    expect(ownerOn('phone-1', '2026-03-02T12:00')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-03T19:59')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-03T20:00')).toBe('bob');
  });

  test('with a log-out: what follows it belongs to whoever comes next', () => {
    const { ownerOn, ruleOn } = told([ann, bob, annLeaves]);
    expect(ownerOn('phone-1', '2026-03-01T10:20')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-01T10:21')).toBe('bob');
    expect(ruleOn('phone-1', '2026-03-02T12:00')).toBe('identified_later');
  });

  test('a log-out that the rules ignore changes nothing', () => {
    const { ownerOn } = told([ann, bob, annLeaves], { logout_ends_ownership: false });
    expect(ownerOn('phone-1', '2026-03-02T12:00')).toBe('ann');
  });

  test('two customers in one session split it at the second’s identify', () => {
    const second = link('2', '2026-03-01T10:15', { session: '2026-03-01T10:00', names: [user('bob')] });
    const { ownerOn } = told([ann, second]);
    expect(ownerOn('phone-1', '2026-03-01T10:00')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-01T10:14')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-01T10:15')).toBe('bob');
  });

  test('a log-out inside the session: the second owns from there, not only from his identify', () => {
    const second = link('2', '2026-03-01T10:30', { session: '2026-03-01T10:00', names: [user('bob')] });
    const { ownerOn, ruleOn } = told([ann, annLeaves, second]);
    expect(ownerOn('phone-1', '2026-03-01T10:19')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-01T10:21')).toBe('bob');
    expect(ruleOn('phone-1', '2026-03-01T10:21')).toBe('identified_in_session');
  });
});

describe('after a log-out', () => {
  const links = [
    link('1', '2026-03-01T10:00', { names: [user('ann')] }),
    link('2', '2026-03-01T11:00', { kind: 'logout' }),
  ];

  test('nobody owns the visitor when nobody follows', () => {
    const { ownerOn, ruleOn } = told(links);
    expect([ownerOn('phone-1', '2026-03-01T11:01'), ruleOn('phone-1', '2026-03-01T11:01')]).toEqual([
      'nobody',
      'nobody',
    ]);
  });

  test('nobody owns it until the look-back of the next customer begins', () => {
    const { ownerOn } = told([...links, link('3', '2026-08-01T10:00', { names: [user('bob')] })]);
    expect(ownerOn('phone-1', '2026-05-03T09:59')).toBe('nobody');
    expect(ownerOn('phone-1', '2026-05-03T10:00')).toBe('bob');
  });
});

describe('one customer', () => {
  test('guest checkout, then an account with the same e-mail', () => {
    const { names, ownerOn } = told([
      link('1', '2026-03-01T10:00', { names: [email('e1'), order('1001')] }),
      link('2', '2026-04-01T10:00', { visitor_id: 'laptop', names: [user('ann'), email('e1')] }),
    ]);
    expect(names).toEqual([['ann', 'e1', '1001']]);
    expect(ownerOn('phone-1', '2026-03-01T10:00')).toBe('ann');
  });

  test('a webhook that knows e-mail and order names the browser that knows the order alone', () => {
    const { names, ownerOn } = told([
      link('1', '2026-03-01T10:00', { names: [order('1001')] }),
      link('2', '2026-03-01T10:01', {
        visitor_id: '',
        source: 'webhook',
        names: [email('e1'), order('1001')],
      }),
    ]);
    expect(names).toEqual([['e1', '1001']]);
    expect(ownerOn('phone-1', '2026-03-01T10:00')).toBe('e1');
  });

  test('cookie loss and a second device: each visitor goes to the one customer', () => {
    const { names, ownerOn } = told([
      link('1', '2026-03-01T10:00', { visitor_id: 'cookie-1', names: [user('ann')] }),
      link('2', '2026-03-20T10:00', { visitor_id: 'cookie-2', names: [user('ann')] }),
      link('3', '2026-03-21T10:00', { visitor_id: 'laptop', names: [user('ann')] }),
    ]);
    expect(names).toEqual([['ann']]);
    expect(['cookie-1', 'cookie-2', 'laptop'].map((visitor) => ownerOn(visitor, '2026-03-01T10:00'))).toEqual(
      ['ann', 'ann', 'ann'],
    );
  });

  test('the same person whoever is first: her id is that of her strongest identifier', () => {
    const early = told([link('1', '2026-03-01T10:00', { names: [user('ann')] })]).customers[0]!.person_id;
    const late = told([
      link('0', '2026-02-01T10:00', { names: [email('e1')] }),
      link('1', '2026-03-01T10:00', { names: [user('ann'), email('e1')] }),
    ]).customers[0]!.person_id;
    expect(late).toBe(early);
    expect(early).toMatch(/^p_[0-9a-f]{24}$/);
  });

  test('keeps the latest value of each trait and the first and last identify', () => {
    const { customers } = told([
      link('2', '2026-03-02T10:00', { names: [user('ann')], traits: { city: 'Huế' } }),
      link('1', '2026-03-01T10:00', { names: [user('ann')], traits: { city: 'Hà Nội', name: 'Ann' } }),
    ]);
    expect(customers).toMatchObject([
      {
        traits: { city: 'Huế', name: 'Ann' },
        first_identified_at: '2026-03-01T10:00:00.000Z',
        last_identified_at: '2026-03-02T10:00:00.000Z',
      },
    ]);
  });
});

describe('a purchase that says nothing but its number', () => {
  const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
  const bought = link('2', '2026-03-01T10:15', { session: '2026-03-01T10:00', names: [order('1001')] });
  const leaves = link('3', '2026-03-01T10:10', { session: '2026-03-01T10:00', kind: 'logout' });

  test('is that of the customer who is known on the visitor', () => {
    const { names, ownerOn } = told([ann, bought]);
    expect(names).toEqual([['ann', '1001']]);
    expect(ownerOn('phone-1', '2026-03-02T10:00')).toBe('ann');
  });

  test('made before she says who she is, is hers too', () => {
    expect(told([bought, { ...ann, time: '2026-03-01T10:20:00.000Z' }]).names).toEqual([['ann', '1001']]);
  });

  test('after her log-out is a stranger’s', () => {
    expect(told([ann, leaves, bought]).names).toEqual([['1001'], ['ann']]);
  });

  test('after her log-out is that of whoever comes next', () => {
    const bob = link('4', '2026-03-01T10:20', { session: '2026-03-01T10:00', names: [user('bob')] });
    expect(told([ann, leaves, bought, bob]).names).toEqual([['ann'], ['bob', '1001']]);
  });

  test('before a log-out and the next one’s identify is hers who was known before', () => {
    const before = link('0', '2026-02-27T10:00', { names: [user('ann')] });
    const gone = { ...leaves, time: '2026-03-01T10:18:00.000Z' };
    const bob = link('4', '2026-03-01T10:20', { session: '2026-03-01T10:00', names: [user('bob')] });
    expect(told([before, bought, gone, bob]).names).toEqual([['ann', '1001'], ['bob']]);
  });

  test('that the shop’s server ties to somebody else is somebody else’s, whoever is logged in', () => {
    const names = [email('bob@'), order('1001')];
    const webhook = link('4', '2026-03-01T10:16', { visitor_id: '', source: 'webhook', names });
    const { names: found, ownerOn } = told([ann, bought, webhook]);
    expect(found).toEqual([['ann'], ['bob@', '1001']]);
    expect(ownerOn('phone-1', '2026-03-01T10:14')).toBe('ann');
    expect(ownerOn('phone-1', '2026-03-01T10:15')).toBe('bob@');
  });

  test('and the next one of the same browser are one customer’s, though nobody ever says who', () => {
    const again = link('5', '2026-05-01T10:15', { session: '2026-05-01T10:00', names: [order('1002')] });
    const { names, ownerOn } = told([bought, again]);
    expect(names).toEqual([['1001', '1002']]);
    expect(ownerOn('phone-1', '2026-04-01T10:00')).toBe('1001');
  });

  test('and the next one after a log-out are two customers’', () => {
    const gone = { ...leaves, time: '2026-03-02T10:00:00.000Z' };
    const again = link('5', '2026-05-01T10:15', { session: '2026-05-01T10:00', names: [order('1002')] });
    expect(told([bought, gone, again]).names).toEqual([['1001'], ['1002']]);
  });

  test('with nobody near is a customer of its own', () => {
    expect(told([bought]).names).toEqual([['1001']]);
    const later = link('4', '2027-09-01T10:00', { names: [user('ann')] });
    expect(told([bought, later]).names).toEqual([['1001'], ['ann']]);
  });
});

describe('two customers', () => {
  test('with one mailbox stay two: the first claim keeps it', () => {
    const { names, ownerOn } = told([
      link('1', '2026-03-01T10:00', { names: [user('ann'), email('ours')] }),
      link('2', '2026-03-02T10:00', { visitor_id: 'laptop', names: [user('bob'), email('ours')] }),
      link('3', '2026-03-03T10:00', { visitor_id: 'guest', names: [email('ours')] }),
    ]);
    expect(names).toEqual([['ann', 'ours'], ['bob']]);
    expect(ownerOn('laptop', '2026-03-02T10:00')).toBe('bob');
    expect(ownerOn('guest', '2026-03-03T10:00')).toBe('ann');
  });

  test('are not joined by a chain of weak identifiers either', () => {
    const { names } = told([
      link('1', '2026-03-01T10:00', { names: [user('ann'), email('e1')] }),
      link('2', '2026-03-02T10:00', { names: [email('e1'), phone('p1')] }),
      link('3', '2026-03-03T10:00', { names: [user('bob'), phone('p1')] }),
    ]);
    expect(names).toEqual([['ann', 'e1', 'p1'], ['bob']]);
  });

  test('of one session stay two when a form tells an address and the shop an id: nothing names both', () => {
    const form = link('1', '2026-03-01T10:02', { session: '2026-03-01T10:00', names: [email('mai@')] });
    const shop = link('2', '2026-03-01T10:03', { session: '2026-03-01T10:00', names: [user('c-7')] });
    const { names, ownerOn } = told([form, shop]);
    expect(names).toEqual([['c-7'], ['mai@']]);
    expect([ownerOn('phone-1', '2026-03-01T10:00'), ownerOn('phone-1', '2026-03-01T10:03')]).toEqual([
      'mai@',
      'c-7',
    ]);
    const both = link('3', '2026-05-01T10:00', { visitor_id: '', names: [user('c-7'), email('mai@')] });
    expect(told([form, shop, both]).names).toEqual([['c-7', 'mai@']]);
  });

  test('that an e-mail typo made are joined by an operator, with a reason', () => {
    const links = [
      link('1', '2026-03-01T10:00', { visitor_id: 'phone-1', names: [email('ann@gmial')] }),
      link('2', '2026-03-02T10:00', { visitor_id: 'laptop', names: [email('ann@gmail')] }),
    ];
    expect(told(links).names).toEqual([['ann@gmail'], ['ann@gmial']]);
    const join = link('3', '2026-03-09T10:00', {
      kind: 'join',
      visitor_id: '',
      names: [email('ann@gmial'), email('ann@gmail')],
      reason: 'typo',
    });
    expect(told([...links, join]).names).toEqual([['ann@gmail', 'ann@gmial']]);
  });

  test('are one when an alias says so, and two again when the alias is cut', () => {
    const links = [
      link('1', '2026-03-01T10:00', { visitor_id: 'phone-1', names: [user('old-7')] }),
      link('2', '2026-03-02T10:00', { visitor_id: 'laptop', names: [user('ann')] }),
      link('3', '2026-03-03T10:00', { visitor_id: '', kind: 'alias', names: [user('ann'), user('old-7')] }),
    ];
    const cut = link('4', '2026-03-04T10:00', { visitor_id: '', kind: 'cut', target: '3' });
    const uncut = link('5', '2026-03-05T10:00', { visitor_id: '', kind: 'cut', target: '4' });
    expect(told(links).names).toEqual([['ann', 'old-7']]);
    expect(told([...links, cut]).names).toEqual([['ann'], ['old-7']]);
    expect(told([...links, cut, uncut]).names).toEqual([['ann', 'old-7']]);
  });

  test('signing up on one tablet stay two, though both aliases name the tablet’s id', () => {
    const { names, ownerOn } = told([
      link('1', '2026-03-01T10:00', { visitor_id: 'tab', kind: 'alias', names: [user('ann'), user('tab')] }),
      link('2', '2026-03-05T10:00', { visitor_id: 'tab', kind: 'alias', names: [user('bob'), user('tab')] }),
    ]);
    expect(names).toEqual([['ann'], ['bob']]);
    expect(ownerOn('tab', '2026-03-04T10:00')).toBe('ann');
    expect(ownerOn('tab', '2026-03-05T10:00')).toBe('bob');
  });

  test('signing up by a server’s aliases of one anonymous id stay two', () => {
    const { names } = told([
      link('1', '2026-03-01T10:00', {
        visitor_id: 's_1',
        kind: 'alias',
        names: [user('ann'), user('anon-9')],
      }),
      link('2', '2026-03-05T10:00', {
        visitor_id: 's_2',
        kind: 'alias',
        names: [user('bob'), user('anon-9')],
      }),
    ]);
    expect(names).toEqual([['ann'], ['bob']]);
  });
});

test('an identifier that an operator forgets names nobody, until that is taken back', () => {
  const links = [
    link('1', '2026-03-01T10:00', { names: [user('ann'), email('ours')] }),
    link('2', '2026-03-02T10:00', { visitor_id: 'laptop', names: [email('ours')] }),
  ];
  const operator = { visitor_id: '', source: 'operator' };
  const forget = link('3', '2026-03-03T10:00', { ...operator, kind: 'forget', names: [email('ours')] });
  const back = link('4', '2026-03-04T10:00', { ...operator, kind: 'cut', target: '3' });
  expect(told(links).names).toEqual([['ann', 'ours']]);
  expect(told([...links, forget]).names).toEqual([['ann']]);
  expect(told([...links, forget]).ownerOn('laptop', '2026-03-02T10:00')).toBe('nobody');
  expect(told([...links, forget, back]).names).toEqual([['ann', 'ours']]);
});

test('an alias of an alias is the same customer, though the name between was never identified', () => {
  const { names } = told([
    link('1', '2026-03-01T10:00', { visitor_id: 'phone-1', names: [user('a')] }),
    link('2', '2026-03-02T10:00', { visitor_id: '', kind: 'alias', names: [user('b'), user('a')] }),
    link('3', '2026-03-03T10:00', { visitor_id: '', kind: 'alias', names: [user('c'), user('b')] }),
  ]);
  expect(names).toEqual([['a', 'b', 'c']]);
});

describe('has no effect:', () => {
  const ann = link('1', '2026-03-01T10:00', { names: [user('ann')] });

  test('a claim without the proof that the site asks for', () => {
    const claim = link('2', '2026-03-02T10:00', { visitor_id: 'thief', names: [user('ann')], proven: false });
    expect(told([ann, claim], { proof_required: true }).ownerOn('thief', '2026-03-02T10:00')).toBe('nobody');
    expect(told([ann, claim]).ownerOn('thief', '2026-03-02T10:00')).toBe('ann');
  });

  test('a link of another site', () => {
    expect(told([{ ...ann, site: 'other' }]).customers).toEqual([]);
  });

  test('a value that the rules came to block', () => {
    expect(told([ann], { blocked_values: ['ann'] }).customers).toEqual([]);
  });

  test('a kind turned off with max_customers 0', () => {
    const links = [link('1', '2026-03-01T10:00', { names: [email('e1')] })];
    expect(told(links, { kinds: { email: { strength: 'weak', max_customers: 0 } } }).customers).toEqual([]);
  });
});
