import type { OverviewRequest, OverviewView } from '@throughline/contract';
import { money } from '../map/view.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import type { OrdersRow } from './orders.ts';
import type { PeopleRow } from './people.ts';
import type { RobotsRow } from './robots.ts';
import type { VisitorsRow } from './visitors.ts';
import type { VisitsRow } from './visits.ts';

export interface OverviewRows {
  people: PeopleRow[];
  visits: VisitsRow[];
  orders: OrdersRow[];
  visitors: VisitorsRow[];
  robots: RobotsRow[];
}

export function overviewView(
  context: ReportContext,
  request: OverviewRequest,
  { people, visits, orders, visitors, robots }: OverviewRows,
): OverviewView {
  const all = people.find(({ kind }) => kind === 'all');
  const total = orders.find((row) => row.total);
  return {
    people: all?.people ?? 0,
    known_people: all?.known_people ?? 0,
    visitors: visitors[0]?.visitors ?? 0,
    sessions: visits.reduce((sum, row) => sum + row.visits, 0),
    events: visitors[0]?.events ?? 0,
    buyers: all?.buyers ?? 0,
    orders: total?.orders ?? 0,
    revenue: money(total?.revenue ?? 0),
    currency: context.site.currency,
    other_currency_orders: total?.other_currency_orders ?? 0,
    robots: { events: robots[0]?.events ?? 0, visits: robots[0]?.visits ?? 0 },
    days: datesOf(context, request).map((date) => {
      const here = people.find(({ kind, name }) => kind === 'day' && name === date);
      const sold = orders.find((row) => !row.total && row.date === date);
      return {
        date,
        people: here?.people ?? 0,
        buyers: here?.buyers ?? 0,
        orders: sold?.orders ?? 0,
        revenue: money(sold?.revenue ?? 0),
      };
    }),
    channels: channelsOf(people, visits),
  };
}

/** Every channel that a visit came by or that is somebody's, most people first. */
function channelsOf(people: PeopleRow[], visits: VisitsRow[]): OverviewView['channels'] {
  const of = new Map(people.filter(({ kind }) => kind === 'channel').map((row) => [row.name, row]));
  const visited = new Map(visits.map((row) => [row.channel, row.visits]));
  return [...new Set([...of.keys(), ...visited.keys()])]
    .map((channel) => ({
      channel,
      people: of.get(channel)?.people ?? 0,
      sessions: visited.get(channel) ?? 0,
      buyers: of.get(channel)?.buyers ?? 0,
      revenue: money(of.get(channel)?.revenue ?? 0),
    }))
    .sort((a, b) => b.people - a.people || (a.channel < b.channel ? -1 : 1));
}

/** Every date of the site's zone that the range touches, so that a day without events shows as 0. */
function datesOf(context: ReportContext, request: OverviewRequest): string[] {
  const { from_ms, to_ms, timezone } = scopeOf(context, request);
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const last = format.format(to_ms - 1);
  const dates = [format.format(from_ms)];
  while (dates.at(-1)! < last) {
    const next = new Date(Date.parse(`${dates.at(-1)}T00:00:00Z`) + 86_400_000);
    dates.push(next.toISOString().slice(0, 10));
  }
  return dates;
}
