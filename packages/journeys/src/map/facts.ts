import type { MapRequest, Site } from '@throughline/contract';
import type { Bindings } from '../bindings.ts';
import { orderedEventsSql } from '../orders.ts';
import { ORDER_KEY, type Scope, sessionColumn, UNIT_COLUMN } from '../resolved.ts';
import { segmentSql } from '../segment.ts';
import { stagesOf } from '../stages.ts';
import { CAN_ARRIVE, IS_IDENTITY, IS_VISIT, VISIT_COLUMN } from '../visit.ts';
import { followedSql } from './followed.ts';

/** Events that tell of trouble. */
export const FRICTION_NAMES = ['rage_click', 'error_seen', 'form_abandoned'] as const;

/**
 * The kinds of fact about one unit (person, visitor or session); `a` and `b` say of what. Every number of the map is
 * a sum over facts, and its people are the units that have the fact.
 */
export type FactKind =
  | 'everyone'
  /** The journey joins two or more visitors. */
  | 'stitched'
  | 'buyer'
  /** `a` is the first channel; money is the unit's revenue. */
  | 'channel'
  /** Reached stage `a`; events stand in it; money was made in it; ms to the first later stage. */
  | 'stage'
  /** Reached stage `a` and a later one. */
  | 'later'
  | 'leak'
  /** From stage `a` to `b`; ms between. */
  | 'move'
  /** `a` is `<stage>/<name>`. */
  | 'touchpoint'
  | 'friction'
  | 'friction_at'
  /** Answers given at stage `a`; money is the sum of the scores. */
  | 'answer'
  | 'promoter'
  | 'detractor';

/**
 * One row a unit: `unit`, `buyer` and `facts`, an array of (kind, a, b, events, money, ms); with `kinds` only those.
 *
 * The definition. A unit's journey is its events in the range, by order key, then name, session and channel.
 * - An event stands in the stage its name is mapped to. Events that only say who somebody is stand nowhere, and so
 *   does every other telling of an order that is counted already.
 * - Only a visit arrives and returns (see visit.ts), once, whoever of several people was in it. The first event of a session that
 *   can stand for one is its arrival: when it comes after the unit's first order, it also stands in `return`. The
 *   first that tells a channel also stands in `aware`, by that channel.
 *   Every order after the first stands in `return` too, told by a visit or not.
 * - Per session only what belongs to a visit counts.
 * - A stage is reached when the first event stands in it. A move joins two stages reached one after the other, the
 *   later column second. The time to the next stage is that to the first later column reached at or after this one.
 * - A buyer has an order. Someone else leaks at the furthest column reached, unless that is `purchase` or `return`.
 * - The first order's revenue belongs to the stage of its event, that of the others to `return`.
 * - Trouble counts at the stage and touchpoint that the unit came to last before it in the same session; an answer
 *   (0 to 10) at the furthest column reached before it, or, when there is none, at its own.
 */
export function factsSql(
  request: MapRequest,
  site: Site,
  scope: Scope,
  bindings: Bindings,
  kinds?: FactKind[],
): string {
  const { names, places } = stagesOf(site);
  const place = (stage: string) => names.indexOf(stage) + 1;
  const per = request.per ?? 'person';
  const stage =
    places.size === 0
      ? '0'
      : `transform(name::String, ${bindings.bind('Array(String)', [...places.keys()])},
    [${[...places.values()].join(', ')}]::Array(UInt8), 0::UInt8)`;
  const friction = FRICTION_NAMES.map((name) => `'${name}'`).join(', ');
  const people = segmentSql(request.segment, scope, bindings);
  const events = orderedEventsSql(scope, bindings, site.currency, {
    columns: [
      `${ORDER_KEY} AS key`,
      'name::String AS name',
      sessionColumn(scope, bindings),
      `if(${IS_IDENTITY}, 0, ${stage})::UInt8 AS stage`,
      'channel::String AS channel',
      VISIT_COLUMN,
      `if(name = 'survey_answered', ifNull(toFloat64OrNull(properties['score']), -1), -1) AS score`,
      `name IN (${friction}) AS trouble`,
    ],
    where: per === 'session' ? IS_VISIT : '1',
    people,
  });
  const journeys = `SELECT ${UNIT_COLUMN[per]} AS unit, uniqExact(visitor_id) AS visitors,
      arraySort(groupArray((key, name, session, channel, is_order, revenue, if(retold, 0, stage)::UInt8, score, trouble, ${CAN_ARRIVE}))
        ::Array(Tuple(key UInt64, name String, session String, channel String, is_order UInt8, revenue Float64,
          stage UInt8, score Float64, trouble UInt8, arrives UInt8))) AS events
    FROM (${events}) GROUP BY unit`;
  // A session is one visitor's, so only people can share one.
  const shared =
    per === 'person'
      ? {
          sql: ` LEFT JOIN (${followedSql(scope, bindings, { currency: site.currency, people })}) AS shared ON journey.unit = shared.unit`,
          followed: 'shared.followed',
          told_before: 'shared.told_before',
        }
      : { sql: '', followed: '[]::Array(String)', told_before: '[]::Array(String)' };
  const first = (holds: string, not_in: string) =>
    `arrayMap((event, nth) -> (${holds} AND nth = 1 AND NOT has(${not_in}, event.session)), journey.events,
      arrayEnumerateUniq(journey.events.session, arrayMap(event -> ${holds}, journey.events)))`;
  // 1 at the arrival of each session, and at the event that tells its channel.
  const counted = `SELECT journey.unit AS unit, journey.visitors AS visitors, journey.events AS events,
      ${first('event.arrives', shared.followed)} AS arrivals,
      ${first(`(event.arrives AND event.channel != '')`, shared.told_before)} AS tellings,
      arrayCumSum(journey.events.is_order) AS orders,
      arrayFirst(event -> event.is_order, journey.events).key AS first_order,
      arrayMap(key -> toInt64(intDiv(key, 1048576)), journey.events.key) AS times
    FROM (${journeys}) AS journey${shared.sql}`;
  const aware = place('aware');
  const back = place('return');
  const columns = bindings.bind('Array(String)', names);
  // (place in the events, place of the stage, touchpoint, whether it is an arrival)
  const entries = `SELECT *, orders[-1] > 0 AS buyer, arrayFilter(entry -> entry.2 > 0, arrayFlatten(arrayMap((event, arrival, telling, order, index) -> [
        (index, if(telling, ${aware}, 0)::UInt8, concat('aware/', event.channel), 1),
        (index, event.stage, concat(${columns}[event.stage], '/', event.name), 0),
        (index, if(event.stage != ${back} AND ((arrival AND first_order > 0 AND event.key > first_order)
          OR (event.is_order AND order > 1)), ${back}, 0)::UInt8, concat('return/', event.name), 0)
      ], events, arrivals, tellings, orders, arrayEnumerate(events)))) AS entries
    FROM (${counted})`;
  const stageList = `range(1, ${names.length + 1})`;
  const reached = `SELECT *, arrayMap(stage -> if(has(entries.2, stage), times[entries[indexOf(entries.2, stage)].1], toInt64(-1)), ${stageList}) AS firsts,
      arraySort(arrayFilter(pair -> pair.1 >= 0, arrayMap((first, stage) -> (first, stage), firsts, ${stageList}))) AS course,
      arrayMap((event, order) -> if(order > 1, ${back}, event.stage)::UInt8, events, orders) AS paid_at,
      arrayMap((event, index) -> arrayLast(entry -> entry.1 <= index AND events[entry.1].session = event.session, entries),
        arrayFilter(event -> event.trouble, events), arrayFilter((index, event) -> event.trouble, arrayEnumerate(events), events)) AS troubles,
      arrayMap((event, index) -> (if(arrayExists(entry -> events[entry.1].key < event.key, entries),
          arrayMax(arrayMap(entry -> if(events[entry.1].key < event.key, entry.2, 0), entries)),
          arrayMax(arrayPushBack(arrayMap(entry -> if(entry.1 = index, entry.2, 0), entries), 0))), event.score),
        arrayFilter(event -> event.score >= 0 AND event.score <= 10, events),
        arrayFilter((index, event) -> event.score >= 0 AND event.score <= 10, arrayEnumerate(events), events)) AS answers
    FROM (${entries})`;

  const fact = (kind: FactKind, a = `''`, { b = `''`, events = '0', money = '0', ms = '-1' } = {}) =>
    `('${kind}', ${a}, ${b}, ${events}, ${money}, ${ms})::Tuple(String, String, String, UInt64, Float64, Int64)`;
  const when = (condition: string, one: string) => `if(${condition}, [${one}], [])`;
  const stages = (kind: FactKind, condition: string, more: Parameters<typeof fact>[2] = {}) =>
    `arrayMap(stage -> ${fact(kind, `${columns}[stage]`, more)}, arrayFilter(stage -> ${condition}, ${stageList}))`;
  const later = `arrayFilter((first, other) -> other > stage AND first >= firsts[stage], firsts, ${stageList})`;
  const answers = (kind: FactKind, condition: string) =>
    stages(kind, `arrayExists(answer -> answer.1 = stage AND ${condition}, answers)`, {
      events: `arrayCount(answer -> answer.1 = stage AND ${condition}, answers)`,
      money: `arraySum(arrayMap(answer -> if(answer.1 = stage AND ${condition}, answer.2, 0), answers))`,
    });
  const facts: Record<FactKind, string> = {
    everyone: `[${fact('everyone')}]`,
    stitched: when('visitors > 1', fact('stitched')),
    buyer: when('buyer', fact('buyer')),
    channel: `[${fact('channel', `if((arrayFirst(event -> event.arrives AND event.channel != '', events).channel AS channel) = '', 'unassigned', channel)`, { money: 'arraySum(events.revenue)' })}]`,
    stage: stages('stage', 'firsts[stage] >= 0', {
      events: 'countEqual(entries.2, stage)',
      money: 'arraySum(arrayMap((event, paid) -> if(paid = stage, event.revenue, 0), events, paid_at))',
      ms: `if(notEmpty(${later}), arrayMin(${later}) - firsts[stage], toInt64(-1))`,
    }),
    later: stages('later', `firsts[stage] >= 0 AND arrayMax(entries.2) > stage`),
    leak: when(
      `NOT buyer AND notEmpty(entries) AND arrayMax(entries.2) NOT IN (${place('purchase')}, ${back})`,
      fact('leak', `${columns}[arrayMax(entries.2)]`),
    ),
    move: `arrayMap((left, right) -> ${fact('move', `${columns}[left.2]`, { b: `${columns}[right.2]`, ms: 'right.1 - left.1' })},
      arrayFilter((left, right) -> left.2 < right.2, arrayPopBack(course), arrayPopFront(course)),
      arrayFilter((right, left) -> left.2 < right.2, arrayPopFront(course), arrayPopBack(course)))`,
    touchpoint: `arrayMap(touchpoint -> ${fact('touchpoint', 'touchpoint', { b: `if(has(arrayMap(entry -> if(entry.4, entry.3, ''), entries), touchpoint), 'channel', 'event')`, events: 'countEqual(entries.3, touchpoint)' })}, arrayDistinct(entries.3))`,
    friction: stages('friction', 'has(troubles.2, stage)'),
    friction_at: `arrayMap(touchpoint -> ${fact('friction_at', 'touchpoint')}, arrayFilter(touchpoint -> touchpoint != '', arrayDistinct(troubles.3)))`,
    answer: answers('answer', '1'),
    promoter: answers('promoter', 'answer.2 >= 9'),
    detractor: answers('detractor', 'answer.2 <= 6'),
  };
  const wanted = kinds ? kinds.map((kind) => facts[kind]) : Object.values(facts);
  return `SELECT unit, buyer, arrayConcat(${wanted.join(',\n')}) AS facts FROM (${reached})`;
}
