import type { OverviewRequest, OverviewView } from '@throughline/contract';
import { money } from '../map/view.ts';
import { type ReportContext, scopeOf } from '../reader.ts';
import type { RobotsRow } from './robots.ts';
import type { ChannelRow, DayRow } from './statement.ts';

export function overviewView(
  context: ReportContext,
  request: OverviewRequest,
  { days: rows, channels, robots }: { days: DayRow[]; channels: ChannelRow[]; robots: RobotsRow[] },
): OverviewView {
  const total = rows.find((row) => row.total);
  return {
    people: total?.people ?? 0,
    known_people: total?.known_people ?? 0,
    visitors: total?.visitors ?? 0,
    sessions: total?.sessions ?? 0,
    events: total?.events ?? 0,
    buyers: total?.buyers ?? 0,
    orders: total?.orders ?? 0,
    revenue: money(total?.revenue ?? 0),
    currency: context.site.currency,
    other_currency_orders: total?.other_currency_orders ?? 0,
    robots: { events: robots[0]?.events ?? 0, visits: robots[0]?.visits ?? 0 },
    days: datesOf(context, request).map((date) => {
      const row = rows.find((one) => !one.total && one.date === date);
      return {
        date,
        people: row?.people ?? 0,
        buyers: row?.buyers ?? 0,
        orders: row?.orders ?? 0,
        revenue: money(row?.revenue ?? 0),
      };
    }),
    channels: channels.map((row) => ({ ...row, revenue: money(row.revenue) })),
  };
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
