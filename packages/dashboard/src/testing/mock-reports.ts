import type {
  FunnelRequest,
  FunnelStepView,
  FunnelView,
  LedgerView,
  NamesView,
  OverviewRequest,
  OverviewView,
  PathsRequest,
  PathsView,
} from '@throughline/contract';
import { addDays } from '../url/range.ts';

export function mockOverview(request: OverviewRequest, scale: number, currency: string): OverviewView {
  const order = currency === 'VND' ? 449_000 : 18;
  const days: OverviewView['days'] = [];
  for (let day = request.from; day < request.to && scale > 0; day = addDays(day, 1)) {
    const at = days.length;
    const people = Math.round(420 + 90 * Math.sin(at / 1.1) + at * 3.2) * scale;
    const buyers = Math.round(people * 0.072);
    days.push({ date: day, people, buyers, orders: buyers, revenue: buyers * order });
  }
  const sum = (of: (day: OverviewView['days'][number]) => number) =>
    days.reduce((all, day) => all + of(day), 0);
  const people = Math.round(sum((day) => day.people) * 0.86);
  const channels = ['organic_search', 'paid_social', 'direct', 'paid_search', 'email', 'referral'].map(
    (channel, index) => {
      const share = [0.33, 0.25, 0.18, 0.12, 0.08, 0.04][index]!;
      const buyers = Math.round(people * share * 0.07);
      return {
        channel,
        people: Math.round(people * share),
        sessions: Math.round(people * share * 1.6),
        buyers,
        revenue: buyers * order,
      };
    },
  );
  return {
    people,
    known_people: Math.round(people * 0.21),
    visitors: Math.round(people * 1.19),
    sessions: Math.round(people * 1.62),
    events: people * 11,
    buyers: sum((day) => day.buyers),
    orders: sum((day) => day.orders),
    other_currency_orders: 0,
    robots: { events: Math.round(people * 0.9), visits: Math.round(people * 0.31) },
    revenue: sum((day) => day.revenue),
    currency,
    days,
    channels: scale === 0 ? [] : channels,
  };
}

const SHARES = [1, 0.354, 0.57, 0.669, 0.26, 0.5];
const ALONE = [1, 0.341, 0.52, 0.61, 0.2, 0.5];

export function mockFunnel(request: FunnelRequest, scale: number): FunnelView {
  const start = 6_804 * scale;
  const steps = funnelSteps(request, start, SHARES);
  return {
    steps,
    ...(request.breakdown
      ? {
          breakdown: ['mobile', 'desktop', 'tablet', ''].map((value, index) => ({
            value,
            steps: funnelSteps(request, Math.round(start * [0.62, 0.31, 0.06, 0.01][index]!), SHARES),
          })),
        }
      : {}),
    stitched_share: 0.121,
    without_stitching: { steps: funnelSteps(request, Math.round(start * 1.06), ALONE) },
  };
}

function funnelSteps(request: FunnelRequest, start: number, shares: readonly number[]): FunnelStepView[] {
  let people = start;
  return request.steps.map((step, index) => {
    const before = people;
    people = Math.round(people * (index === 0 ? 1 : (shares[index] ?? 0.5)));
    return {
      step: index + 1,
      label: step.label ?? step.event ?? step.any_of?.map((match) => match.event).join(' / ') ?? '',
      people,
      conversion_from_start: start === 0 ? 0 : people / start,
      conversion_from_previous: before === 0 ? 0 : people / before,
      median_s_from_previous: index === 0 || people === 0 ? null : [0, 1_320, 96_400, 412][index % 4]!,
    };
  });
}

const STEP_EVENTS = [
  ['page_viewed', 'product_viewed', 'list_viewed', 'search', 'other'],
  ['list_viewed', 'product_viewed', 'search', 'other', 'exit'],
  ['product_viewed', 'cart_added', 'page_viewed', 'other', 'exit'],
  ['cart_added', 'checkout_started', 'product_viewed', 'other', 'exit'],
  ['checkout_started', 'order_completed', 'product_viewed', 'other', 'exit'],
];
const WEIGHTS = [0.42, 0.24, 0.14, 0.08, 0.12];

/** Every column sums to the people who had not left: weights are split, and whoever exits stays out. */
export function mockPaths(request: PathsRequest, scale: number): PathsView {
  const all = 10_000 * scale;
  const nodes: PathsView['nodes'] = [];
  const links: PathsView['links'] = [];
  if (scale === 0) return { people: 0, nodes, links };
  let before: PathsView['nodes'] = [];
  for (let step = 1; step <= Math.min(request.depth ?? 5, STEP_EVENTS.length); step += 1) {
    const going = before.filter((node) => node.event !== 'exit');
    const total = step === 1 ? all : going.reduce((sum, node) => sum + node.people, 0);
    const column = STEP_EVENTS[step - 1]!.map((event, index) => ({
      id: `${step}:${event}`,
      step,
      event,
      label: event,
      people: Math.round(total * WEIGHTS[index]!),
    }));
    for (const from of going)
      for (const to of column)
        links.push({
          source: from.id,
          target: to.id,
          people: Math.round((from.people * to.people) / total),
          median_s: 60 * step,
        });
    nodes.push(...column);
    before = column;
  }
  return { people: all, nodes, links };
}

export const mockNames = (scale: number): NamesView => ({
  events:
    scale === 0
      ? []
      : ['page_viewed', 'product_viewed', 'list_viewed', 'cart_added', 'checkout_started', 'order_completed']
          .map((name, index) => ({ name, events: 40_000 - index * 6_000 }))
          .concat({ name: 'glaze_quiz_finished', events: 208 }),
  properties: scale === 0 ? [] : ['coupon', 'score', 'variant_colour'],
  traits: scale === 0 ? [] : ['name', 'city', 'plan'],
});

export function mockLedger(scale: number, now: Date): LedgerView {
  const hours = Array.from({ length: scale === 0 ? 0 : 48 }, (_, index) => {
    const stored = Math.round(600 + 420 * Math.sin((index - 8) / 3.8)) * scale;
    const refused = { wrong_origin: 3 * scale, no_consent: 11 * scale };
    return {
      hour: new Date(now.getTime() - (47 - index) * 3_600_000)
        .toISOString()
        .replace(/:\d\d:.*/, ':00:00.000Z'),
      received: stored + 20 * scale,
      stored,
      duplicates: 6 * scale,
      refused,
      waiting: 0,
    };
  });
  const stored = hours.reduce((sum, hour) => sum + hour.stored, 0);
  const duplicates = hours.length * 6 * scale;
  const refused = { no_consent: hours.length * 11 * scale, wrong_origin: hours.length * 3 * scale };
  const waiting = 17 * scale;
  return {
    received: stored + duplicates + refused.no_consent + refused.wrong_origin + waiting,
    stored,
    duplicates,
    refused: scale === 0 ? {} : refused,
    waiting,
    hours,
  };
}
