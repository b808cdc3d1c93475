import type { MapStage, MapView, Site } from '@throughline/contract';
import { stagesOf } from '../stages.ts';
import type { FactKind } from './facts.ts';
import type { AloneRow, FactRow } from './statement.ts';

export function mapView(site: Site, rows: FactRow[], alone: AloneRow): MapView {
  const { names } = stagesOf(site);
  const found = (kind: FactKind, a = '') => rows.find((row) => row.kind === kind && row.a === a);
  const all = (kind: FactKind) =>
    rows.filter((row) => row.kind === kind).sort((a, b) => b.people - a.people || compare(a, b));
  const people = found('everyone')?.people ?? 0;
  const channels = all('channel').map((row) => ({
    channel: row.a,
    people: row.people,
    buyers: row.buyers,
    revenue: money(row.money),
  }));
  return {
    people,
    stages: names.map((stage, index) => stageView(stage, index === names.length - 1, found)),
    touchpoints: all('touchpoint').map((row) => {
      const stage = row.a.slice(0, row.a.indexOf('/'));
      const name = row.a.slice(stage.length + 1);
      return {
        id: row.a,
        stage,
        kind: row.b === 'channel' ? 'channel' : 'event',
        name,
        people: row.people,
        events: row.events,
        buyers: row.buyers,
        friction: found('friction_at', row.a)?.people ?? 0,
      };
    }),
    moves: all('move').map((row) => ({
      source: row.a,
      target: row.b,
      people: row.people,
      median_s: seconds(row.median),
    })),
    channels,
    revenue: money(rows.filter(({ kind }) => kind === 'channel').reduce((sum, row) => sum + row.money, 0)),
    currency: site.currency,
    stitched_share: people === 0 ? 0 : (found('stitched')?.people ?? 0) / people,
    without_stitching: { people: alone.people, buyers: alone.buyers },
  };
}

function stageView(
  stage: string,
  last: boolean,
  found: (kind: FactKind, a?: string) => FactRow | undefined,
): MapStage {
  const here = found('stage', stage);
  const answer = found('answer', stage);
  const share =
    ((found('promoter', stage)?.events ?? 0) - (found('detractor', stage)?.events ?? 0)) /
    (answer?.events ?? 1);
  return {
    stage,
    people: here?.people ?? 0,
    events: here?.events ?? 0,
    leaks: found('leak', stage)?.people ?? 0,
    conversion_to_next: last || !here ? null : (found('later', stage)?.people ?? 0) / here.people,
    median_s_to_next: seconds(here?.median ?? null),
    friction: found('friction', stage)?.people ?? 0,
    satisfaction: {
      answers: answer?.events ?? 0,
      people: answer?.people ?? 0,
      average: answer ? answer.money / answer.events : null,
      nps: answer ? Math.round(share * 1000) / 10 : null,
    },
    revenue: money(here?.money ?? 0),
  };
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** Sums of amounts that have at most four decimals, without the dust of adding them as floating point. */
export const money = (amount: number) => Math.round(amount * 10_000) / 10_000;

const compare = (left: FactRow, right: FactRow) => (left.a + left.b < right.a + right.b ? -1 : 1);
