import {
  DEFAULT_IDENTITY_RULES,
  type IdentityRulesView,
  type Mend,
  type MendRequest,
  type MendsView,
  type MendView,
  type RulesTrialView,
  type SharedDevicesView,
} from '@throughline/contract';

const ago = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();

export function mockMends(now: Date, scale = 1): MendsView {
  if (scale === 0) return { mends: [] };
  const join: Mend = {
    mend: 'mend-1',
    kind: 'join',
    time: ago(now, 30),
    author: 'Linh',
    reason: 'One address is mistyped: gmial instead of gmail',
    target: '',
    identifiers: [
      { kind: 'email', value: '5f2c9a4b…' },
      { kind: 'email', value: '91d0e2aa…' },
    ],
    undone: true,
  };
  return {
    mends: [
      {
        ...join,
        mend: 'mend-3',
        kind: 'forget',
        time: ago(now, 3),
        author: 'session',
        reason: 'The till’s own phone number',
        identifiers: [{ kind: 'phone', value: '77aa01bc…' }],
        undone: false,
      },
      {
        ...join,
        mend: 'mend-2',
        kind: 'cut',
        time: ago(now, 29),
        target: 'mend-1',
        identifiers: [],
        undone: false,
      },
      join,
    ],
  };
}

/** A join with nobody is refused as the API does it; everything else works. */
export function mockMend(request: MendRequest, now: Date): [number, object] {
  if (request.join?.people[1] === 'nobody')
    return [
      404,
      { error: { code: 'unknown_person', message: 'Nobody here is known by this id.', at: 'join.people.1' } },
    ];
  const [mend] = mockMends(now).mends;
  const view: MendView = { mends: [mend!], people: { before: ['p_1'], after: ['p_1'] }, events: 12 };
  return [201, view];
}

export const mockRules = (): IdentityRulesView => ({
  rules: DEFAULT_IDENTITY_RULES,
  own: { look_back_days: 90 },
  applying: false,
});

export const mockTrial = (currency: string, scale: number): RulesTrialView => ({
  customers: { before: 2_408 * scale, after: 2_391 * scale },
  joined: 12 * scale,
  split: 3 * scale,
  lost: 2 * scale,
  found: 0,
  visits_moved: 41 * scale,
  orders_moved: 9 * scale,
  revenue_moved: 8_420_000 * scale,
  currency,
  top: (scale === 0 ? [] : TOP).map((one) => ({ ...one, revenue: one.revenue * scale })),
  visitors: 3_120 * scale,
  complete: scale < 1_000,
});

const TOP: RulesTrialView['top'] = [
  {
    kind: 'joined',
    people: ['p_a1b2c3d4e5f6', 'p_b1b2c3d4e5f6'],
    becomes: 1,
    identifiers: [
      { kind: 'user_id', value: 'customer-48213' },
      { kind: 'email', value: '5f2c9a4b…' },
    ],
    revenue: 3_150_000,
  },
  {
    kind: 'split',
    people: ['p_c1b2c3d4e5f6'],
    becomes: 2,
    identifiers: [{ kind: 'phone', value: '77aa01bc…' }],
    revenue: 1_270_000,
  },
];

export function mockSharedDevices(now: Date, scale: number): SharedDevicesView {
  if (scale === 0) return { known: 0, shared: 0, public: 0, people: 0, devices: [] };
  const person = (id: string, label: string, events: number) => ({
    id,
    label,
    known: true,
    events: events * scale,
  });
  return {
    known: 3_120 * scale,
    shared: 64 * scale,
    public: 2 * scale,
    people: 171 * scale,
    devices: [
      {
        visitor_id: 'v_till',
        device: '',
        public: true,
        last_seen: ago(now, 1),
        people: Array.from({ length: 9 }, (_, index) =>
          person(`p_till${index}`, index % 2 === 0 ? 'Nguyễn Thị Ngọc Bích' : '', 9 - index),
        ),
        rules: [{ rule: 'identified_in_session', stretches: 9 }],
      },
      {
        visitor_id: 'v_tablet',
        device: 'tablet',
        public: false,
        last_seen: ago(now, 50),
        people: [
          person('p_1', 'Trần Minh Quân', 84),
          person('p_2', 'Lê Thu Hà', 31),
          { id: 'v_tablet', label: '', known: false, events: 12 },
        ],
        rules: [
          { rule: 'identified_before', stretches: 3 },
          { rule: 'identified_in_session', stretches: 5 },
        ],
      },
    ],
  };
}
