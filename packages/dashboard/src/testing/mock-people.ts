import type {
  MapView,
  OverviewView,
  PeopleOf,
  PeopleRequest,
  PeopleView,
  PersonSummary,
} from '@throughline/contract';
import { mockMap } from './mock-map.ts';
import { mockFunnel, mockOverview, mockPaths } from './mock-reports.ts';

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi'];
const GIVEN = ['Thu Hà', 'Minh Khôi', 'Ngọc Ánh', 'Quốc Bảo', 'Thùy Dương', 'Gia Hân', 'Đức Anh'];
const CHANNELS = ['organic_search', 'paid_social', 'direct', 'email', 'paid_search'];

/** The `index`-th person of a list; one of them tries what hostile visitors try. */
export function mockPerson(index: number, now: Date): PersonSummary {
  const known = index % 3 !== 2;
  const seen = now.getTime() - index * 5_400_000;
  const orders = known ? (index * 7) % 4 : 0;
  const name = `${FAMILIES[index % FAMILIES.length]} ${GIVEN[index % GIVEN.length]}`;
  return {
    id: known ? `p_${String(index).padEnd(24, 'a1b2c3d4e5f6')}` : `v${String(index).padStart(20, '9k2m')}`,
    // Every seventh is known by an address that is kept as a hash, and so has no name.
    label:
      !known || index % 7 === 3
        ? ''
        : index === 4
          ? '=HYPERLINK("https://evil.example","<img src=x onerror=alert(1)>")'
          : name,
    known,
    first_seen: new Date(seen - 40 * 86_400_000).toISOString(),
    last_seen: new Date(seen).toISOString(),
    visitors: 1 + (index % 3),
    sessions: 2 + (index % 9),
    events: 12 + index * 3,
    orders,
    revenue: orders * 449_000,
    first_channel: CHANNELS[index % CHANNELS.length]!,
    country: index % 5 === 3 ? '' : 'VN',
  };
}

/** Pages of invented people whose total is the very number that was clicked. */
export function mockPeople(request: PeopleRequest, scale: number, currency: string, now: Date): PeopleView {
  const total = request.search
    ? Math.min(3, totalOf(request.of, scale, currency))
    : totalOf(request.of, scale, currency);
  const begin = Number(request.after ?? 0);
  const end = Math.min(total, begin + (request.limit ?? 50));
  const people = Array.from({ length: end - begin }, (_, index) => mockPerson(begin + index, now));
  return { total, people, ...(end < total ? { next: String(end) } : {}) };
}

function totalOf(of: PeopleOf, scale: number, currency: string): number {
  switch (of.report) {
    case 'everyone':
      return mockOverview(of.request, scale, currency).people;
    case 'overview':
      return totalOnOverview(of, mockOverview(of.request, scale, currency));
    case 'map':
      return totalOnMap(of, mockMap(of.request, scale, currency));
    case 'paths': {
      const { nodes, links } = mockPaths(of.request, scale);
      const { link } = of;
      if (link)
        return links.find((each) => each.source === link.source && each.target === link.target)?.people ?? 0;
      return nodes.find((node) => node.id === of.node)?.people ?? 0;
    }
    case 'funnel': {
      const view = mockFunnel(of.request, scale);
      const split = view.breakdown?.find((each) => each.value === of.breakdown_value)?.steps;
      const steps = of.breakdown_value === undefined ? view.steps : (split ?? []);
      const reached = steps[of.step - 1]?.people ?? 0;
      if (of.stitched) return Math.round(view.stitched_share * reached);
      return of.state === 'reached' ? reached : (steps[of.step - 2]?.people ?? 0) - reached;
    }
  }
}

function totalOnOverview(
  { what, channel, date }: Extract<PeopleOf, { report: 'overview' }>,
  view: OverviewView,
): number {
  if (what === 'known') return view.known_people;
  if (channel !== undefined) return view.channels.find((each) => each.channel === channel)?.[what] ?? 0;
  if (date !== undefined) return view.days.find((each) => each.date === date)?.[what] ?? 0;
  return view[what];
}

function totalOnMap(of: Extract<PeopleOf, { report: 'map' }>, view: MapView): number {
  const { stage, leaks, touchpoint, move, channel, friction, answers, buyers, stitched } = of;
  if (stitched) return Math.round(view.stitched_share * view.people);
  if (touchpoint)
    return view.touchpoints.find((each) => each.id === touchpoint)?.[friction ? 'friction' : 'people'] ?? 0;
  if (move)
    return view.moves.find((each) => each.source === move.source && each.target === move.target)?.people ?? 0;
  if (channel)
    return view.channels.find((each) => each.channel === channel)?.[buyers ? 'buyers' : 'people'] ?? 0;
  if (!stage) return view.people;
  const found = view.stages.find((each) => each.stage === stage);
  if (answers) return found?.satisfaction.people ?? 0;
  return found?.[leaks ? 'leaks' : friction ? 'friction' : 'people'] ?? 0;
}
